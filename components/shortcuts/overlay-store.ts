/** What lies over the page: the palette, the help sheet, or nothing. */
export type Overlay = "palette" | "help" | null;

let shown: Overlay = null;
/** What had the focus when the page was covered; it gets it back. */
const opener: { current: HTMLElement | null } = { current: null };
const listeners = new Set<() => void>();

export const overlayStore = {
  opener,
  get: (): Overlay => shown,
  show(next: Overlay): void {
    const { activeElement } = document;
    if (shown === null && activeElement instanceof HTMLElement) opener.current = activeElement;
    shown = next;
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
