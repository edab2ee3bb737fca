import fc from "fast-check";
import { expect, test } from "vitest";
import { type CountedStretch, stretchesBefore } from "./log-stretches.ts";

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 1);
const dayOf = (day: number) => new Date(startMs + day * dayMs);
const counted = (counts: readonly number[]): CountedStretch[] =>
  counts.map((requests, day) => ({ from: dayOf(day), to: dayOf(day + 1), requests }));

test("empty stretches are left out and neighbours are one", () => {
  const { needed, rest } = stretchesBefore(counted([9, 0, 3, 4, 0, 2]), dayOf(6), 8);
  expect(needed).toEqual([
    { from: dayOf(5), to: dayOf(6) },
    { from: dayOf(2), to: dayOf(4) },
  ]);
  expect(rest).toEqual([{ from: dayOf(0), to: dayOf(1) }]);
});

test("a stretch that may hold more is looked at, and relied on for no more than is counted", () => {
  const stretches = counted([5, 0, 0]).map((stretch, day) => ({ ...stretch, open: day > 0 }));
  expect(stretchesBefore(stretches, dayOf(3), 2).needed).toEqual([{ from: dayOf(0), to: dayOf(3) }]);
});

test("whatever the counts, the needed stretches hold the newest requests before the moment, and all the rest follow", () => {
  const aCase = fc.record({
    counts: fc.array(fc.nat(6), { maxLength: 20 }),
    beforeHour: fc.nat(24 * 20),
    wanted: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(aCase, ({ counts, beforeHour, wanted }) => {
      const before = new Date(startMs + beforeHour * (dayMs / 24));
      // Within a day the requests stand at its first hours, one an hour.
      const requests = counts.flatMap((count, day) =>
        Array.from({ length: count }, (_, hour) => startMs + day * dayMs + hour * (dayMs / 24)),
      );
      const newest = requests.filter((at) => at < before.getTime()).toReversed();
      const { needed, rest } = stretchesBefore(counted(counts), before, wanted);
      const within = (stretches: typeof needed) =>
        newest.filter((at) => stretches.some(({ from, to }) => at >= from.getTime() && at < to.getTime()));
      expect(within(needed).slice(0, wanted)).toEqual(newest.slice(0, wanted));
      expect([...within(needed), ...within(rest)]).toEqual(newest);
    }),
  );
});
