const secondMs = 1000;
const minuteMs = 60_000;

/** A whole number with its thousands set apart. */
export function formatCount(value: number): string {
  return value.toLocaleString("en-US");
}

/** A number of things in the singular or plural: "1 request", "12 requests". */
export function countOf(value: number, singular: string): string {
  return `${formatCount(value)} ${singular}${value === 1 ? "" : "s"}`;
}

/** "412 ms", "3.4 s", "42 s", "2 min 5 s". */
export function formatMs(ms: number): string {
  if (ms < secondMs) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / secondMs).toFixed(1)} s`;
  const seconds = Math.round(ms / secondMs);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** How long until something, in words: "6 h 27 min", "12 min", "less than a minute". */
export function formatTimeLeft(ms: number): string {
  if (ms < minuteMs) return "less than a minute";
  const minutes = Math.floor(ms / minuteMs);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A day of the calendar as "22 Nov". `day` is `YYYY-MM-DD`. */
export function formatDay(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
}

/** How a figure compares with that of the period before, in words; null where there is nothing to compare with. */
export function changeInWords(current: number, before: number, period: string): string | null {
  if (before === 0) return null;
  const share = current / before;
  if (share >= 3) return `${share >= 10 ? Math.round(share) : share.toFixed(1)} times ${period}`;
  const percent = Math.round(Math.abs(share - 1) * 100);
  if (percent === 0) return `as much as ${period}`;
  return `${percent} % ${share > 1 ? "more" : "less"} than ${period}`;
}
