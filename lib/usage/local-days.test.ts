import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTimeZone, listLocalDays } from "./local-days.ts";

const HOUR_MS = 3_600_000;
const zones = [
  "UTC",
  "Europe/Berlin",
  "America/Los_Angeles",
  "Pacific/Apia",
  "Asia/Kolkata",
  "America/Sao_Paulo",
];

function lengthsInHours(from: string, to: string, timeZone: string): [string, number][] {
  const { days, endsAt } = listLocalDays(new Date(from), new Date(to), timeZone);
  return days.map(({ day, startsAt }, index) => {
    const next = days[index + 1]?.startsAt ?? endsAt;
    return [day, (next.getTime() - startsAt.getTime()) / HOUR_MS];
  });
}

describe("the days of a time zone", () => {
  test("are whole days from the first to the last, ends included", () => {
    expect(lengthsInHours("2026-05-01T13:00:00Z", "2026-05-03T01:00:00Z", "UTC")).toEqual([
      ["2026-05-01", 24],
      ["2026-05-02", 24],
      ["2026-05-03", 24],
    ]);
  });

  test("have 23 and 25 hours when the clocks change", () => {
    expect(lengthsInHours("2026-03-29T12:00:00Z", "2026-03-29T12:00:00Z", "Europe/Berlin")).toEqual([
      ["2026-03-29", 23],
    ]);
    expect(lengthsInHours("2026-10-25T12:00:00Z", "2026-10-25T12:00:00Z", "Europe/Berlin")).toEqual([
      ["2026-10-25", 25],
    ]);
  });

  test("begin with the first whole UTC hour in zones off by half an hour", () => {
    const { days } = listLocalDays(
      new Date("2026-05-02T12:00:00Z"),
      new Date("2026-05-02T12:00:00Z"),
      "Asia/Kolkata",
    );
    expect(days).toEqual([{ day: "2026-05-02", startsAt: new Date("2026-05-01T19:00:00Z") }]);
  });

  test("follow each other without gap, in every zone", () => {
    const time = fc.date({ min: new Date("2008-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(time, fc.nat(40), fc.constantFrom(...zones), (from, count, timeZone) => {
        const to = new Date(from.getTime() + count * 24 * HOUR_MS);
        const { days, endsAt } = listLocalDays(from, to, timeZone);
        const starts = [...days.map(({ startsAt }) => startsAt), endsAt];
        for (let index = 1; index < starts.length; index += 1) {
          const hours = (Number(starts[index]) - Number(starts[index - 1])) / HOUR_MS;
          expect(hours).toBeGreaterThanOrEqual(23);
          expect(hours).toBeLessThanOrEqual(25);
        }
        expect(Number(starts[0])).toBeLessThan(from.getTime() + HOUR_MS);
        expect(Number(endsAt)).toBeGreaterThan(to.getTime() - HOUR_MS);
      }),
    );
  });

  test("a name that is no zone is known as such", () => {
    expect(zones.every(isTimeZone)).toBe(true);
    expect(isTimeZone("Nowhere/City")).toBe(false);
    expect(isTimeZone("'; drop table requests")).toBe(false);
  });
});
