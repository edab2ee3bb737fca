import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countTokens, splitIntoTokens } from "./tokenizer.ts";

const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.lorem({ maxCount: 60 }));

describe("the tokenizer", () => {
  test("the pieces of any text join to it and add up to its count", () => {
    fc.assert(
      fc.property(text, (value) => {
        const pieces = splitIntoTokens(value);
        expect(pieces.map((piece) => piece.text).join("")).toBe(value.toWellFormed());
        expect(pieces.reduce((sum, piece) => sum + piece.tokens, 0)).toBe(countTokens(value));
        expect(pieces.every((piece) => piece.tokens > 0 && piece.text.isWellFormed())).toBe(true);
      }),
    );
  });

  test("a special token in a text is text", () => {
    expect(countTokens("<|endoftext|>")).toBeGreaterThan(1);
  });

  test("a million letters without a space are counted, and cut nowhere inside a character", () => {
    expect(countTokens("a".repeat(1_000_000))).toBeGreaterThan(100_000);
    const emoji = "👩‍👧".repeat(2000);
    const pieces = splitIntoTokens(emoji);
    expect(pieces.map((piece) => piece.text).join("")).toBe(emoji);
  });

  test("counting stops above the given limit", () => {
    const long = "word ".repeat(400_000);
    const count = countTokens(long, 1000);
    expect(count).toBeGreaterThan(1000);
    expect(count).toBeLessThan(50_000);
  });
});
