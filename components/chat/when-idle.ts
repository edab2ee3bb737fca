/** Acts once the browser has nothing else to do, and soon in any case. Gives what calls it off. */
export function whenIdle(act: () => void): () => void {
  // Safari has no idle callbacks.
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(act, 30);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(act, { timeout: 500 });
  return () => cancelIdleCallback(handle);
}

/** Once the browser has nothing else to do. */
export const untilIdle = (): Promise<void> => new Promise((resolve) => void whenIdle(resolve));
