"use client";

import { useLocale } from "next-intl";
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
  const locale = useLocale();
  const clockMs = useSyncExternalStore(pageClock.subscribe, pageClock.nowMs, notAlive);
  const moment = new Date(at);
  const alive = clockMs > 0;
  const zone = alive ? undefined : "UTC";
  return (
    <time
      dateTime={moment.toISOString()}
      title={formatMoment(moment, locale, zone)}
      className={classNames("whitespace-nowrap", className)}
      suppressHydrationWarning
    >
      {formatTimeAgo(moment, alive ? clockMs : Date.now(), locale, zone)}
    </time>
  );
}
