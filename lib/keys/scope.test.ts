import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isModelAllowed } from "./scope.ts";

describe("a key's scope", () => {
  test.each([
    [[], "moonshot/kimi-k2.6", true],
    [["moonshot/kimi-k2.6"], "moonshot/kimi-k2.6", true],
    [["moonshot/kimi-k2.6"], "moonshot/kimi-k2x6", false],
    [["moonshot/*"], "moonshot/kimi-k2.6", true],
    [["moonshot/*"], "other/kimi-k2.6", false],
    [["*"], "anything", true],
    [["*/kimi-*.6"], "moonshot/kimi-k2.6", true],
    [["*/kimi-*.7"], "moonshot/kimi-k2.6", false],
    [["moonshot/kimi_k2.6"], "moonshot/kimi-k2.6", false],
    [["%"], "moonshot/kimi-k2.6", false],
    [["a*a"], "a", false],
    [["a*a"], "aa", true],
    [["other", "moonshot/*"], "moonshot/kimi-k2.6", true],
    [["Moonshot/*"], "moonshot/kimi-k2.6", false],
    [[""], "moonshot/kimi-k2.6", false],
  ])("%j on %s is %s", (patterns, model, allowed) => {
    expect(isModelAllowed(patterns, model)).toBe(allowed);
  });

  test("agrees with the regular expression of the same meaning", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "/", "."), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "/", ".", "*"), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (glob, model) => {
        const source = glob.replaceAll(/[./]/g, "\\$&").replaceAll("*", ".*");
        expect(isModelAllowed([glob], model)).toBe(new RegExp(`^${source}$`).test(model));
      }),
      { numRuns: 1000 },
    );
  });
});
