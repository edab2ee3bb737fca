import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kimiK26 } from "#lib/models/kimi-k2.6.ts";
import { costLinesOf, costOf } from "./cost.ts";

const price = fc.nat(100_000);
const aPrice = fc.record({ inputNanoUsd: price, cachedInputNanoUsd: price, outputNanoUsd: price });
const aUsage = fc
  .record({ uncached: fc.nat(2000), cachedTokens: fc.nat(2000), completionTokens: fc.nat(2000) })
  .map(({ uncached, cachedTokens, completionTokens }) => ({
    promptTokens: uncached + cachedTokens,
    cachedTokens,
    completionTokens,
  }));

describe("the cost of a call", () => {
  test.each([
    [{ promptTokens: 500, cachedTokens: 0, completionTokens: 300 }, 1_675_000n],
    [{ promptTokens: 500, cachedTokens: 400, completionTokens: 300 }, 1_333_000n],
    [{ promptTokens: 0, cachedTokens: 0, completionTokens: 0 }, 0n],
    [{ promptTokens: 262_144, cachedTokens: 262_144, completionTokens: 0 }, 24_903_680n],
  ])("of %j is %d nano-USD at Kimi's prices", (usage, cost) => {
    expect(costOf(usage, kimiK26.prices)).toBe(cost);
  });

  test("is the price of each token added up one by one", () => {
    fc.assert(
      fc.property(aUsage, aPrice, (usage, prices) => {
        let sum = 0n;
        for (let token = 0; token < usage.promptTokens; token += 1) {
          sum += BigInt(token < usage.cachedTokens ? prices.cachedInputNanoUsd : prices.inputNanoUsd);
        }
        for (let token = 0; token < usage.completionTokens; token += 1) sum += BigInt(prices.outputNanoUsd);
        expect(costOf(usage, prices)).toBe(sum);
      }),
    );
  });

  test("is the sum of its receipt's lines, exact beyond 2^53", () => {
    const usage = { promptTokens: 2 ** 50 + 1, cachedTokens: 1, completionTokens: 2 ** 50 + 1 };
    const { inputNanoUsd, cachedInputNanoUsd, outputNanoUsd, totalNanoUsd } = costLinesOf(
      usage,
      kimiK26.prices,
    );
    expect(inputNanoUsd).toBe(2n ** 50n * 950n);
    expect(cachedInputNanoUsd).toBe(95n);
    expect(outputNanoUsd).toBe((2n ** 50n + 1n) * 4000n);
    expect(totalNanoUsd).toBe(inputNanoUsd + cachedInputNanoUsd + outputNanoUsd);
  });
});
