/** What lies over the page: the palette, the help sheet, or nothing. */
export type Overlay = "palette" | "help" | null;

let shown: Overlay = null;
const listeners = new Set<() => void>();

export const overlayStore = {
  get: (): Overlay => shown,
  show(next: Overlay): void {
    shown = next;
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
