const HOUR_MS = 3_600_000;
/** Longer than any day, the 25 hours of a clock change included. */
const MORE_THAN_A_DAY_MS = 27 * HOUR_MS;

export interface LocalDay {
  /** `YYYY-MM-DD` in the viewer's zone. */
  day: string;
  /** The first whole UTC hour that belongs to it. */
  startsAt: Date;
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

/**
 * The days of a time zone from the one that contains `from` to the one that contains `to`, and where the last one ends. Roll-ups
 * are by UTC hour, so in zones off by half an hour the hour around midnight counts for the day in which it begins.
 * @throws RangeError when the zone is unknown.
 */
export function listLocalDays(from: Date, to: Date, timeZone: string): { days: LocalDay[]; endsAt: Date } {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    calendar: "iso8601",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const firstDay = format.format(from);
  const lastDay = format.format(to);
  const days: LocalDay[] = [];
  let hourMs = Math.floor((from.getTime() - MORE_THAN_A_DAY_MS) / HOUR_MS) * HOUR_MS;
  for (; hourMs <= to.getTime() + MORE_THAN_A_DAY_MS; hourMs += HOUR_MS) {
    const day = format.format(hourMs);
    if (day > lastDay) break;
    if (day >= firstDay && day !== days.at(-1)?.day) days.push({ day, startsAt: new Date(hourMs) });
  }
  return { days, endsAt: new Date(hourMs) };
}
