"use client";

import { useSyncExternalStore } from "react";
import { pageClock } from "#components/ui/page-clock.ts";
import { formatTimeLeft } from "./format-usage.ts";

const notAlive = () => 0;

/** How long until a moment (milliseconds since 1970), kept current; the moment itself on hover. */
export function TimeLeft({ untilMs }: { untilMs: number }) {
  const clockMs = useSyncExternalStore(pageClock.subscribe, pageClock.nowMs, notAlive);
  const moment = new Date(untilMs).toISOString();
  return (
    <time dateTime={moment} title={`${moment.slice(0, 16).replace("T", " ")} UTC`} suppressHydrationWarning>
      {formatTimeLeft(untilMs - (clockMs > 0 ? clockMs : Date.now()))}
    </time>
  );
}
