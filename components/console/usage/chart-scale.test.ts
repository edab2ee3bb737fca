import fc from "fast-check";
import { expect, test } from "vitest";
import { niceScale } from "./chart-scale.ts";

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 5, 10]],
  [100, [0, 50, 100]],
  [1_675_000, [0, 1_000_000, 2_000_000]],
])("the ticks for %d", (largest, ticks) => expect(niceScale(largest).ticks).toEqual(ticks));

test("the top is at least the largest value, less than twice it, and there are few ticks", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (largest) => {
      const { top, ticks } = niceScale(largest);
      expect(top).toBeGreaterThanOrEqual(largest);
      expect(top).toBeLessThan(largest * 2 + 1);
      expect(ticks.length).toBeLessThanOrEqual(5);
      expect(ticks.at(-1)).toBe(top);
    }),
  );
});
