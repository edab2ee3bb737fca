const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * How long ago something was, in words, up to a week; after that its date, without the year while it is the same one.
 * What seems to lie in the future by a skewed clock is "just now".
 */
export function formatTimeAgo(at: Date, nowMs: number, timeZone?: string): string {
  const ageMs = nowMs - at.getTime();
  if (ageMs < 45_000) return "just now";
  if (ageMs < hourMs) return `${Math.max(1, Math.floor(ageMs / minuteMs))} min ago`;
  if (ageMs < dayMs) return `${Math.floor(ageMs / hourMs)} h ago`;
  if (ageMs < 7 * dayMs) {
    const days = Math.floor(ageMs / dayMs);
    return days === 1 ? "1 day ago" : `${days} days ago`;
  }
  const sameYear = yearOf(at, timeZone) === yearOf(new Date(nowMs), timeZone);
  return at.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
    ...zone(timeZone),
  });
}

/** The full moment with its zone: "22 Nov 2026, 17:04:09 UTC". */
export function formatMoment(at: Date, timeZone?: string): string {
  return at.toLocaleString("en-GB", {
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
