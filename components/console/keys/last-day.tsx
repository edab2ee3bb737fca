"use client";

import { useLocale } from "next-intl";
import { useSyncExternalStore } from "react";
import { dateLocale, formatMoment } from "#components/ui/format-time-ago.ts";

const neverChanges = () => () => undefined;

/** A day to come, in the person's own zone once the page is alive; the full moment on hover. */
export function LastDay({ at }: { at: Date }) {
  const locale = useLocale();
  const alive = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  const zone = alive ? {} : { timeZone: "UTC" };
  return (
    <time
      dateTime={at.toISOString()}
      title={formatMoment(at, locale, zone.timeZone)}
      className="whitespace-nowrap"
    >
      {at.toLocaleDateString(dateLocale(locale), {
        day: "numeric",
        month: "short",
        year: "numeric",
        ...zone,
      })}
    </time>
  );
}
