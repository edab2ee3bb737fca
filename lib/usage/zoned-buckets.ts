const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export const zonedWidths = ["quarter", "hour", "day", "week", "month"] as const;
export type ZonedWidth = (typeof zonedWidths)[number];

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const found = formats.get(timeZone);
  if (found) return found;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "iso8601",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  formats.set(timeZone, made);
  return made;
}

/** Whether a name is a time zone, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What the clock of a zone shows, as if it were UTC, in milliseconds since 1970. */
function clockOf(timeMs: number, timeZone: string): number {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(timeMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
}

function dayNumber(timeMs: number, timeZone: string): number {
  return Math.floor(clockOf(timeMs, timeZone) / dayMs);
}

/** The local day of a moment, `YYYY-MM-DD`. */
export function localDayOf(time: Date, timeZone: string): string {
  return new Date(dayNumber(time.getTime(), timeZone) * dayMs).toISOString().slice(0, 10);
}

/**
 * When a day of the zone's calendar begins: the first quarter of an hour that its clock shows on that day or, where a zone skipped it,
 * on a later one. `day` is `YYYY-MM-DD`.
 * @throws RangeError when the zone is unknown (see `isTimeZone`).
 */
export function startOfLocalDay(day: string, timeZone: string): Date {
  return new Date(startOfDayNumber(Math.floor(Date.parse(`${day}T00:00Z`) / dayMs), timeZone));
}

function startOfDayNumber(day: number, timeZone: string): number {
  const midnight = day * dayMs;
  const near = midnight - (clockOf(midnight, timeZone) - midnight);
  const isStart = (timeMs: number) =>
    dayNumber(timeMs, timeZone) >= day && dayNumber(timeMs - quarterMs, timeZone) < day;
  if (isStart(near)) return near;
  let timeMs = midnight - 16 * hourMs;
  while (dayNumber(timeMs, timeZone) < day) timeMs += quarterMs;
  return timeMs;
}

/** The local day that is some days later, or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The first day of the month that is some months after that of `day`. */
export function startOfMonth(day: string, months = 0): string {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months)).toISOString().slice(0, 10);
}

/** Weeks begin on Monday. */
function startOfWeek(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7));
}

/** The width that shows a range in a readable number of buckets. */
export function widthFor({ from, to }: { from: Date; to: Date }): ZonedWidth {
  const ms = to.getTime() - from.getTime();
  if (ms <= 8 * hourMs) return "quarter";
  if (ms <= 3 * dayMs + hourMs) return "hour";
  if (ms <= 100 * dayMs) return "day";
  return ms <= 500 * dayMs ? "week" : "month";
}

/**
 * Where the buckets of a range begin, in the zone's own hours, days, weeks and months, and where the last one ends. The first and the
 * last may be cut by the range. Days of a clock change have 23 or 25 hours; an hour that comes twice is two.
 */
export function bucketEdges(
  { from, to }: { from: Date; to: Date },
  width: ZonedWidth,
  timeZone: string,
): Date[] {
  const edges = [from];
  for (let next = nextEdge(from, width, timeZone); next < to; next = nextEdge(next, width, timeZone))
    edges.push(next);
  return [...edges, to];
}

function nextEdge(time: Date, width: ZonedWidth, timeZone: string): Date {
  const day = () => localDayOf(time, timeZone);
  switch (width) {
    case "quarter":
      return new Date(Math.floor(time.getTime() / quarterMs + 1) * quarterMs);
    case "hour":
      return nextHour(time, timeZone);
    case "day":
      return later(time, addDays(day(), 1), timeZone);
    case "week":
      return later(time, addDays(startOfWeek(day()), 7), timeZone);
    case "month":
      return later(time, startOfMonth(day(), 1), timeZone);
  }
}

/** A day that a zone skipped has no beginning of its own, so the one after it is taken. */
function later(time: Date, day: string, timeZone: string): Date {
  const start = startOfLocalDay(day, timeZone);
  return start > time ? start : later(time, addDays(day, 1), timeZone);
}

function nextHour(time: Date, timeZone: string): Date {
  const hourOf = (timeMs: number) => {
    const clock = clockOf(timeMs, timeZone);
    return `${Math.floor(clock / hourMs)} ${clock - timeMs}`;
  };
  const current = hourOf(time.getTime());
  let timeMs = (Math.floor(time.getTime() / quarterMs) + 1) * quarterMs;
  while (hourOf(timeMs) === current) timeMs += quarterMs;
  return new Date(timeMs);
}
