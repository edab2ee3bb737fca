import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyAccumulation } from "#lib/wire/chat-accumulator.ts";
import { parseChatRequest } from "#lib/wire/chat-completions.ts";
import { boundPromptTokens, estimateUsage, hasProduced, isClearlyAbove } from "./estimate-usage.ts";

const requestOf = (text: string) =>
  parseChatRequest({ model: "moonshot/kimi-k2.6", messages: [{ role: "user", content: text }] });

describe("estimateUsage", () => {
  test("counts the prompt, and reasoning, text and calls as completion", () => {
    const produced = {
      reasoning: "one two",
      content: "three four five",
      toolCalls: [{ id: "c", name: "f", arguments: "{}" }],
    };
    const usage = estimateUsage(requestOf("hello there"), produced);
    expect(usage).toMatchObject({ promptTokens: 6, cachedTokens: 0, reasoningTokens: 2 });
    expect(usage.completionTokens).toBeGreaterThan(usage.reasoningTokens + 3);
  });

  test("of a long prompt stays within a tenth of its length's share", () => {
    const words = (count: number) => "alpha beta gamma delta ".repeat(count / 4);
    const short = estimateUsage(requestOf(words(4_000)), emptyAccumulation).promptTokens;
    const long = estimateUsage(requestOf(words(400_000)), emptyAccumulation).promptTokens;
    expect(long / short).toBeGreaterThan(90);
    expect(long / short).toBeLessThan(110);
  });

  test("never exceeds what budgets hold back", () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 200 }), (text) => {
        const request = requestOf(text);
        expect(estimateUsage(request, emptyAccumulation).promptTokens).toBeLessThanOrEqual(
          boundPromptTokens(request),
        );
      }),
    );
  });
});

test("nothing is produced by an empty answer", () => {
  expect(hasProduced(emptyAccumulation)).toBe(false);
  expect(hasProduced({ ...emptyAccumulation, reasoning: "a" })).toBe(true);
});

describe("isClearlyAbove", () => {
  test.each([
    ["short", false],
    ["word ".repeat(150), false],
    ["word".repeat(500), true],
    [" ".repeat(10_000), false],
  ])("a text of that length above 100 tokens: %#", (text, above) => {
    expect(isClearlyAbove(requestOf(text), 100)).toBe(above);
  });
});
