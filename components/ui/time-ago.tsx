"use client";

import { useSyncExternalStore } from "react";
import { classNames } from "./class-names.ts";
import { formatMoment, formatTimeAgo } from "./format-time-ago.ts";
import { pageClock } from "./page-clock.ts";

export interface TimeAgoProps {
  /** A moment as Date, ISO text or epoch milliseconds. */
  at: Date | string | number;
  className?: string | undefined;
}

const notAlive = () => 0;

/**
 * "5 min ago", kept current, the full moment on hover. The server writes it in UTC; once alive, the page uses the
 * person's own zone.
 */
export function TimeAgo({ at, className }: TimeAgoProps) {
  const clockMs = useSyncExternalStore(pageClock.subscribe, pageClock.nowMs, notAlive);
  const moment = new Date(at);
  const alive = clockMs > 0;
  return (
    <time
      dateTime={moment.toISOString()}
      title={alive ? formatMoment(moment) : formatMoment(moment, "UTC")}
      className={classNames("whitespace-nowrap", className)}
      suppressHydrationWarning
    >
      {alive ? formatTimeAgo(moment, clockMs) : formatTimeAgo(moment, Date.now(), "UTC")}
    </time>
  );
}
