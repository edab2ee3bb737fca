import { startTransition, useEffect, useState } from "react";
import { whenIdle } from "./when-idle.ts";

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
