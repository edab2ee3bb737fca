"use client";

import { useEffect, useState } from "react";

/** Whole seconds left until a moment (epoch milliseconds of this browser); 0 when it has passed. */
export function useCountdown(untilMs: number | null): number {
  const left = () => (untilMs === null ? 0 : Math.max(0, Math.ceil((untilMs - Date.now()) / 1_000)));
  const [seconds, setSeconds] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` only reads `untilMs`.
  useEffect(() => {
    setSeconds(left());
    if (untilMs === null) return;
    const timer = setInterval(() => setSeconds(left()), 500);
    return () => clearInterval(timer);
  }, [untilMs]);
  return seconds;
}
