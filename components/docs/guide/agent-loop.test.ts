import { describe, expect, test } from "vitest";
import { costOfLoop } from "./agent-loop.ts";

const prices = { inputNanoUsd: 950, cachedInputNanoUsd: 95, outputNanoUsd: 4000 };
const turn = { prefixTokens: 6000, newTokens: 500, outputTokens: 300 };

describe("the cost of an agent loop", () => {
  test("a single turn has nothing to read from the cache", () => {
    const expected = 6500n * 950n + 300n * 4000n;
    expect(costOfLoop({ ...turn, turns: 1 }, prices)).toEqual({ cached: expected, uncached: expected });
  });

  test("the second turn reads the first one's input at the cached price", () => {
    const first = 6500n * 950n + 300n * 4000n;
    const second = 800n * 950n + 6500n * 95n + 300n * 4000n;
    expect(costOfLoop({ ...turn, turns: 2 }, prices).cached).toBe(first + second);
    expect(costOfLoop({ ...turn, turns: 2 }, prices).uncached).toBe(first + 7300n * 950n + 300n * 4000n);
  });
});
