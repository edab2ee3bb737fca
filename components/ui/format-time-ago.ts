const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The form of dates in a language of the interface; English dates name the day before the month. */
export function dateLocale(locale: string): string {
  return locale === "en" ? "en-GB" : locale;
}

/**
 * How long ago something was, in words, up to a week; after that its date, without the year while it is the same one.
 * What seems to lie in the future by a skewed clock is "now".
 */
export function formatTimeAgo(at: Date, nowMs: number, locale: string, timeZone?: string): string {
  const form = dateLocale(locale);
  const ageMs = nowMs - at.getTime();
  const ago = (count: number, unit: "minute" | "hour" | "day") =>
    new Intl.RelativeTimeFormat(form, { style: "short" }).format(-count, unit);
  if (ageMs < 45_000) return new Intl.RelativeTimeFormat(form, { numeric: "auto" }).format(0, "second");
  if (ageMs < hourMs) return ago(Math.max(1, Math.floor(ageMs / minuteMs)), "minute");
  if (ageMs < dayMs) return ago(Math.floor(ageMs / hourMs), "hour");
  if (ageMs < 7 * dayMs) return ago(Math.floor(ageMs / dayMs), "day");
  const sameYear = yearOf(at, timeZone) === yearOf(new Date(nowMs), timeZone);
  return at.toLocaleDateString(form, {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
    ...zone(timeZone),
  });
}

/** The full moment with its zone: "22 Nov 2026, 17:04:09 UTC". */
export function formatMoment(at: Date, locale: string, timeZone?: string): string {
  return at.toLocaleString(dateLocale(locale), {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    ...zone(timeZone),
  });
}

function yearOf(at: Date, timeZone?: string): string {
  return at.toLocaleDateString("en-GB", { year: "numeric", ...zone(timeZone) });
}

function zone(timeZone?: string): { timeZone?: string } {
  return timeZone === undefined ? {} : { timeZone };
}
