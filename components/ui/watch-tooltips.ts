import type { TooltipSide } from "./tooltip.ts";

export interface ShownTooltip {
  anchor: Element;
  label: string;
  about: string | null;
  keys: readonly string[];
  side: TooltipSide;
}

const delayMs = 400;
/** So soon after one, the next comes at once. */
const skipDelayMs = 200;
/** Time for the pointer to come over to the tooltip itself. */
const graceMs = 120;

const sides: readonly TooltipSide[] = ["top", "right", "bottom", "left"];

function read(anchor: Element): ShownTooltip | null {
  const label = anchor.getAttribute("data-tooltip");
  if (!label) return null;
  const keys = anchor.getAttribute("data-tooltip-keys")?.split(" ") ?? [];
  const wanted = anchor.getAttribute("data-tooltip-side");
  const about = anchor.getAttribute("data-tooltip-about");
  return { anchor, label, about, keys, side: sides.find((side) => side === wanted) ?? "top" };
}

const anchorOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest("[data-tooltip]") : null;

/** Tells which tooltip is to be seen: after resting on its element, or at once when that has the keyboard's focus. */
export function watchTooltips(
  onChange: (shown: ShownTooltip | null) => void,
  isTooltip: (target: EventTarget | null) => boolean,
): () => void {
  const watch = new AbortController();
  const options = { signal: watch.signal, capture: true, passive: true };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: Element | null = null;
  let hiddenAtMs = Number.NEGATIVE_INFINITY;
  // An element that leaves the page or is scrolled out of sight takes its tooltip with it.
  const sight = new IntersectionObserver(([entry]) => {
    if (entry && !entry.isIntersecting) hide();
  });

  function show(anchor: Element): void {
    const words = read(anchor);
    hide();
    if (!words) return;
    shown = anchor;
    sight.observe(anchor);
    onChange(words);
  }
  function hide(): void {
    clearTimeout(timer);
    if (!shown) return;
    sight.unobserve(shown);
    shown = null;
    hiddenAtMs = performance.now();
    onChange(null);
  }
  function after(ms: number, act: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  }
  function onOver(event: PointerEvent): void {
    if (event.pointerType === "touch" || event.buttons !== 0) return;
    const anchor = anchorOf(event.target);
    if (anchor === shown || isTooltip(event.target)) {
      clearTimeout(timer);
    } else if (anchor) {
      const soon = shown !== null || performance.now() - hiddenAtMs < skipDelayMs;
      after(soon ? 0 : delayMs, () => show(anchor));
    } else {
      after(graceMs, hide);
    }
  }
  function onFocus(event: FocusEvent): void {
    const anchor = anchorOf(event.target);
    if (anchor?.matches(":focus-visible")) show(anchor);
    else hide();
  }

  document.addEventListener("pointerover", onOver, options);
  document.addEventListener("focusin", onFocus, options);
  for (const end of ["pointerdown", "focusout", "keydown", "wheel"] as const) {
    document.addEventListener(end, hide, options);
  }
  document.documentElement.addEventListener("pointerleave", hide, options);
  return () => {
    hide();
    watch.abort();
  };
}
