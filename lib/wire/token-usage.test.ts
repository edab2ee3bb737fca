import fc from "fast-check";
import { expect, test } from "vitest";
import { isUsageOnlyChunk, readUsage } from "./token-usage.ts";

const counts = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
const usage = (
  promptTokens: number,
  cachedTokens: number,
  completionTokens: number,
  reasoningTokens = 0,
) => ({
  promptTokens,
  cachedTokens,
  completionTokens,
  reasoningTokens,
});

test.each([
  ["absent is not zero", {}, null],
  ["null is absent", null, null],
  ["zero is zero", { prompt_tokens: 0, completion_tokens: 0 }, usage(0, 0, 0)],
  ["a top-level cached count", { ...counts, cached_tokens: 64 }, usage(100, 64, 20)],
  ["a nested cached count", { ...counts, prompt_tokens_details: { cached_tokens: 64 } }, usage(100, 64, 20)],
  [
    "both cached counts are one",
    { ...counts, cached_tokens: 64, prompt_tokens_details: { cached_tokens: 64 } },
    usage(100, 64, 20),
  ],
  [
    "an explicit zero wins over the nested count",
    { ...counts, cached_tokens: 0, prompt_tokens_details: { cached_tokens: 64 } },
    usage(100, 0, 20),
  ],
  [
    "a null cached count gives way to the nested one",
    { ...counts, cached_tokens: null, prompt_tokens_details: { cached_tokens: 64 } },
    usage(100, 64, 20),
  ],
  ["cached is at most prompt", { ...counts, cached_tokens: 101 }, usage(100, 100, 20)],
  [
    "reasoning is at most completion",
    { ...counts, completion_tokens_details: { reasoning_tokens: 21 } },
    usage(100, 0, 20, 20),
  ],
  ["a missing part is taken from the total", { prompt_tokens: 100, total_tokens: 120 }, usage(100, 0, 20)],
  [
    "no count is negative, fractional or text",
    { prompt_tokens: -1, completion_tokens: "5", total_tokens: 1.5 },
    null,
  ],
])("%s", (_, reported, expected) => {
  expect(readUsage({ choices: [], usage: reported })).toEqual(expected);
  expect(readUsage({ choices: [{ delta: {}, usage: reported }] })).toEqual(expected);
});

test("the top level comes first and the two are never added", () => {
  const choices = [{ delta: {}, usage: { prompt_tokens: 7, completion_tokens: 7 } }];
  expect(readUsage({ choices, usage: counts })).toEqual(usage(100, 0, 20));
  expect(readUsage({ choices, usage: null })).toEqual(usage(7, 0, 7));
});

test("no report yields a count that is negative, fractional or above what contains it", () => {
  const count = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(null, undefined, "1"));
  const details = fc.option(fc.record({ cached_tokens: count, reasoning_tokens: count }));
  const report = fc.record({
    prompt_tokens: count,
    completion_tokens: count,
    total_tokens: count,
    cached_tokens: count,
    prompt_tokens_details: details,
    completion_tokens_details: details,
  });
  fc.assert(
    fc.property(report, (reported) => {
      const read = readUsage({ choices: [], usage: reported });
      if (!read) return;
      for (const value of Object.values(read)) expect(Number.isSafeInteger(value) && value >= 0).toBe(true);
      expect(read.cachedTokens).toBeLessThanOrEqual(read.promptTokens);
      expect(read.reasoningTokens).toBeLessThanOrEqual(read.completionTokens);
    }),
  );
});

test("a usage-only chunk has usage and no choices", () => {
  expect(isUsageOnlyChunk({ choices: [], usage: counts })).toBe(true);
  expect(isUsageOnlyChunk({ choices: [], usage: null })).toBe(false);
  expect(isUsageOnlyChunk({ choices: [{ delta: {} }], usage: counts })).toBe(false);
});
