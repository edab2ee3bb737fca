import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bucketEdges,
  isTimeZone,
  localDayOf,
  startOfLocalDay,
  widthFor,
  zonedWidths,
} from "./zoned-buckets.ts";

const hourMs = 3_600_000;
const iso = (edges: readonly Date[]) => edges.map((edge) => edge.toISOString().slice(0, 16));

describe("the beginning of a local day", () => {
  test.each([
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00"],
    ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00"],
    ["2026-01-15", "Asia/Kolkata", "2026-01-14T18:30"],
    ["2026-01-15", "Asia/Kathmandu", "2026-01-14T18:15"],
    ["2026-04-05", "Australia/Lord_Howe", "2026-04-04T13:00"],
    ["2026-04-06", "Australia/Lord_Howe", "2026-04-05T13:30"],
    // The clock jumps from 24:00 to 01:00.
    ["2026-04-24", "Africa/Cairo", "2026-04-23T22:00"],
    ["2026-01-15", "Pacific/Kiritimati", "2026-01-14T10:00"],
    // A day that the zone skipped when it crossed the date line.
    ["2011-12-30", "Pacific/Apia", "2011-12-30T10:00"],
  ])("%s in %s is %s UTC", (day, timeZone, start) => {
    expect(iso([startOfLocalDay(day, timeZone)])).toEqual([start]);
  });
});

test("an hour that comes twice is two buckets, one that is skipped none", () => {
  const back = { from: new Date("2026-10-24T22:00Z"), to: new Date("2026-10-25T23:00Z") };
  expect(bucketEdges(back, "hour", "Europe/Berlin")).toHaveLength(26);
  const forth = { from: new Date("2026-03-28T23:00Z"), to: new Date("2026-03-29T22:00Z") };
  expect(bucketEdges(forth, "hour", "Europe/Berlin")).toHaveLength(24);
});

test("edges rise, stay in the range and part days where the zone does", () => {
  const zones = [
    "UTC",
    "Europe/Berlin",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
  ];
  fc.assert(
    fc.property(
      fc.nat(96 * 365),
      fc.integer({ min: 1, max: 96 * 60 }),
      fc.constantFrom(...zonedWidths),
      fc.constantFrom(...zones),
      (first, length, width, timeZone) => {
        const from = new Date(Date.UTC(2026, 0, 1) + first * (hourMs / 4));
        const to = new Date(from.getTime() + length * (hourMs / 4));
        const edges = bucketEdges({ from, to }, width, timeZone);
        expect(edges[0]).toEqual(from);
        expect(edges.at(-1)).toEqual(to);
        for (const [index, edge] of edges.entries()) {
          expect(edge.getTime() % (hourMs / 4)).toBe(0);
          const next = edges[index + 1];
          if (!next) continue;
          expect(next > edge).toBe(true);
          if (width === "day") {
            expect(localDayOf(edge, timeZone)).toBe(localDayOf(new Date(next.getTime() - 1), timeZone));
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("a range is shown in a readable number of buckets", () => {
  for (const days of [0.1, 1, 3, 7, 30, 90, 365, 1000]) {
    const range = { from: new Date(0), to: new Date(days * 24 * hourMs) };
    const count = bucketEdges(range, widthFor(range), "UTC").length - 1;
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThan(105);
  }
});

test("names of time zones are told from other texts", () => {
  expect(["UTC", "Europe/Berlin", "Asia/Kathmandu"].every(isTimeZone)).toBe(true);
  expect(isTimeZone("Nowhere/City")).toBe(false);
  expect(isTimeZone("'; drop table requests")).toBe(false);
});
