const tickMs = 15_000;

let nowMs = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

/** One slow clock for everything on the page that shows an age; it stands still while nothing watches. */
export const pageClock = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    if (timer === undefined) {
      nowMs = Date.now();
      timer = setInterval(tick, tickMs);
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  },
  /** Epoch milliseconds of the last tick; 0 before the page has come alive. */
  nowMs: (): number => nowMs,
};
