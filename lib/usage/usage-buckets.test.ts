import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketAt, bucketWidths, listBuckets } from "./usage-buckets.ts";

const time = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });

describe("buckets of usage", () => {
  test("hold their moment, join without a gap and cover the range", () => {
    fc.assert(
      fc.property(
        time,
        fc.integer({ min: 1, max: 40 * 86_400_000 }),
        fc.constantFrom(...bucketWidths),
        (from, spanMs, width) => {
          const to = new Date(from.getTime() + spanMs);
          const buckets = listBuckets({ from, to }, width, 5000);
          expect(buckets[0]?.start.getTime()).toBeLessThanOrEqual(from.getTime());
          expect(buckets.at(-1)?.start.getTime()).toBeLessThan(to.getTime());
          expect(buckets.at(-1)?.end.getTime()).toBeGreaterThanOrEqual(to.getTime());
          buckets.slice(1).forEach((bucket, at) => {
            expect(bucket.start).toEqual(buckets[at]?.end);
          });
        },
      ),
    );
  });

  test("months are the calendar's, in UTC", () => {
    expect(bucketAt(new Date("2024-02-29T23:59:59Z"), "1mo")).toEqual({
      start: new Date("2024-02-01T00:00:00Z"),
      end: new Date("2024-03-01T00:00:00Z"),
    });
    expect(bucketAt(new Date("2026-12-31T12:00:00Z"), "1mo").end).toEqual(new Date("2027-01-01T00:00:00Z"));
  });

  test("no more are made than asked for", () => {
    const range = { from: new Date("2000-01-01"), to: new Date("2100-01-01") };
    expect(listBuckets(range, "1h", 24)).toHaveLength(24);
    expect(listBuckets({ from: range.from, to: range.from }, "1h", 24)).toEqual([]);
  });
});
