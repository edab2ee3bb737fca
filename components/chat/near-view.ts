/** How far beyond the window messages are drawn, so that scrolling meets them ready. */
const marginPx = 1_500;

/**
 * Tells which elements are near the window. One observer for all; an element that is gone from sight stays near while the person
 * works in it (a field, an open menu).
 */
export class NearView {
  readonly #near = new Set<Element>();
  readonly #listeners = new Map<Element, () => void>();
  #observer: IntersectionObserver | null = null;
  #box: Element | null = null;

  /** The scrolling element; null when it is gone. */
  readonly setBox = (box: Element | null): void => {
    this.#observer?.disconnect();
    this.#box = box;
    this.#observer = null;
    if (!box) return;
    this.#observer = new IntersectionObserver((entries) => this.#note(entries), {
      root: box,
      rootMargin: `${marginPx}px 0px`,
    });
    for (const element of this.#listeners.keys()) this.#observer.observe(element);
  };

  observe(element: Element, listener: () => void): () => void {
    this.#listeners.set(element, listener);
    this.#observer?.observe(element);
    return () => {
      this.#observer?.unobserve(element);
      this.#listeners.delete(element);
      this.#near.delete(element);
    };
  }

  /** Null before anything was measured. */
  isNear(element: Element): boolean | null {
    if (!this.#box || !this.#observer) return null;
    return this.#near.has(element);
  }

  #note(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting && target.querySelector("form, [data-state=open], :focus-visible")) continue;
      if (isIntersecting) this.#near.add(target);
      else this.#near.delete(target);
      this.#listeners.get(target)?.();
    }
  }
}
