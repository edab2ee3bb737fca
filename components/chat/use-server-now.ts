"use client";

import { useEffect, useState } from "react";
import { serverNowMs } from "./server-clock.ts";

/** The server's present, ticking while `running`; 0 before the page has come alive. */
export function useServerNow(running: boolean, everyMs = 1_000): number {
  const [nowMs, setNowMs] = useState(0);
  useEffect(() => {
    if (!running) return;
    setNowMs(serverNowMs());
    const timer = setInterval(() => setNowMs(serverNowMs()), everyMs);
    return () => clearInterval(timer);
  }, [running, everyMs]);
  return nowMs;
}
