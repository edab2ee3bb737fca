import { startTransition, useEffect, useState } from "react";

/** So many are shown at first, and so many more each time the browser has nothing else to do. */
const first = 30;
const step = 60;

/** How many of `total` are to be shown: at least `needed`, and all of them in the end. No single task draws a thousand. */
export function useGrowing(total: number, needed: number): number {
  const [count, setCount] = useState(first);
  const shown = Math.max(count, needed);
  useEffect(() => {
    if (shown >= total) return;
    return whenIdle(() => startTransition(() => setCount(shown + step)));
  }, [shown, total]);
  return shown;
}

function whenIdle(act: () => void): () => void {
  // Safari has no idle callbacks.
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(act, 30);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(act, { timeout: 500 });
  return () => cancelIdleCallback(handle);
}
