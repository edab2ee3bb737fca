"use client";

import { useSyncExternalStore } from "react";
import { formatMoment } from "#components/ui/format-time-ago.ts";

const neverChanges = () => () => undefined;

/** A day to come, in the person's own zone once the page is alive; the full moment on hover. */
export function LastDay({ at }: { at: Date }) {
  const alive = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  const zone = alive ? {} : { timeZone: "UTC" };
  return (
    <time dateTime={at.toISOString()} title={formatMoment(at, zone.timeZone)} className="whitespace-nowrap">
      {at.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", ...zone })}
    </time>
  );
}
