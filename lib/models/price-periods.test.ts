import fc from "fast-check";
import { expect, test } from "vitest";
import { kimiK26 } from "./kimi-k2.6.ts";
import { pricesAt } from "./price-periods.ts";

const pricesOf = (input: number) => ({ inputNanoUsd: input, cachedInputNanoUsd: 1, outputNanoUsd: 2 });

test("a price holds from its moment on until the next one, whatever their order, and the catalog's before the first", () => {
  const moments = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 8 });
  fc.assert(
    fc.property(moments, fc.integer({ min: 0, max: 1100 }), (starts, at) => {
      const periods = starts.map((start) => ({
        model: kimiK26.id,
        effectiveAt: new Date(start),
        prices: pricesOf(start),
      }));
      const other = { model: "other/model", effectiveAt: new Date(0), prices: pricesOf(7) };
      const before = starts.filter((start) => start <= at);
      const expected = before.length === 0 ? kimiK26.prices : pricesOf(Math.max(...before));
      expect(pricesAt(kimiK26, [...periods, other], new Date(at))).toEqual(expected);
    }),
  );
});
