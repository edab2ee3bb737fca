import fc from "fast-check";
import { expect, test } from "vitest";
import { latencyQuantile, latencyStartsMs } from "./latency.ts";

function countsOf(times: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const ms of times) {
    const bucket = latencyStartsMs.filter((start) => start <= ms).length;
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return counts;
}

test("a quantile is within a bucket of the true one", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 16, max: 2_000_000 }), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.95, 0.99),
      (times, share) => {
        const sorted = times.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
        const told = latencyQuantile(countsOf(times), share) ?? 0;
        expect(told / exact).toBeGreaterThan(0.83);
        expect(told / exact).toBeLessThan(1.22);
      },
    ),
  );
});

test("without requests there is no quantile", () => {
  expect(latencyQuantile(new Map(), 0.5)).toBeNull();
});

test("what no bucket bounds is told as where the last one begins", () => {
  expect(latencyQuantile(countsOf([2 ** 30]), 0.5)).toBe(2 ** 24);
});
