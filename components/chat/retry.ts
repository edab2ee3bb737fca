const LONGEST_PAUSE_MS = 8_000;

/** Attempts something until it says it is done, with growing pauses between. */
export async function retryUntilDone(
  attempt: () => Promise<boolean>,
  pause: (ms: number, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (let count = 0; !signal.aborted; count += 1) {
    if (await attempt()) return;
    await pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** count), signal);
  }
}
