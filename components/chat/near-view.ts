/**
 * How far beyond the window messages are drawn, so that scrolling meets them ready, and how far they are given up again: in between they
 * stay as they are, so that a reply which grows and folds its thoughts draws no other message.
 */
const drawnWithinPx = 1_500;
const keptWithinPx = 3_000;

/**
 * Tells which elements are near the window. Two observers for all; an element that is gone from sight stays near while the person
 * works in it (a field, an open menu).
 */
export class NearView {
  readonly #near = new Set<Element>();
  readonly #listeners = new Map<Element, () => void>();
  #observers: readonly IntersectionObserver[] = [];

  /** The scrolling element; null when it is gone. */
  readonly setBox = (box: Element | null): void => {
    for (const observer of this.#observers) observer.disconnect();
    this.#observers = box
      ? [
          watchWithin(box, drawnWithinPx, (element, within) => within && this.#note(element, true)),
          watchWithin(box, keptWithinPx, (element, within) => within || this.#note(element, false)),
        ]
      : [];
    for (const element of this.#listeners.keys()) this.#watch(element);
  };

  observe(element: Element, listener: () => void): () => void {
    this.#listeners.set(element, listener);
    this.#watch(element);
    return () => {
      for (const observer of this.#observers) observer.unobserve(element);
      this.#listeners.delete(element);
      this.#near.delete(element);
    };
  }

  /** Null before anything was measured. */
  isNear(element: Element): boolean | null {
    return this.#observers.length === 0 ? null : this.#near.has(element);
  }

  #watch(element: Element): void {
    for (const observer of this.#observers) observer.observe(element);
  }

  #note(element: Element, near: boolean): void {
    if (!near && element.querySelector("form, [data-state=open], :focus-visible")) return;
    if (near) this.#near.add(element);
    else this.#near.delete(element);
    this.#listeners.get(element)?.();
  }
}

function watchWithin(
  box: Element,
  marginPx: number,
  onMove: (element: Element, within: boolean) => void,
): IntersectionObserver {
  const note = (entries: readonly IntersectionObserverEntry[]) => {
    for (const { target, isIntersecting } of entries) onMove(target, isIntersecting);
  };
  return new IntersectionObserver(note, { root: box, rootMargin: `${marginPx}px 0px` });
}
