import fc from "fast-check";
import { expect, test } from "vitest";
import { parseQuery } from "./parse-query.ts";

test.each([
  ["", []],
  ["   ", []],
  ['""', []],
  ["one", ["one"]],
  ["a longer one", ["longer", "one", "a"]],
  ["same same", ["same"]],
  ['"two words" x', ["two words", "x"]],
  ["“天气 预报” 北京", ["天气 预报", "北京"]],
  ['say "never closed', ["closed", "never", "say"]],
  ["C:\\path 100%", ["C:\\path", "100%"]],
])("%j has the terms %j", (query, terms) => {
  expect(parseQuery(query)).toEqual(terms);
});

/** Lone halves of surrogate pairs and NUL are among them. */
const anyUnits = fc
  .array(fc.oneof(fc.constantFrom(0, 32, 34, 0x201c, 0x201d), fc.integer({ min: 0, max: 0xffff })), {
    maxLength: 60,
  })
  .map((units) => String.fromCharCode(...units));

test("any text gives few, different, storable terms without blanks around them", () => {
  fc.assert(
    fc.property(anyUnits, (query) => {
      const terms = parseQuery(query);
      expect(terms.length).toBeLessThanOrEqual(8);
      expect(new Set(terms).size).toBe(terms.length);
      expect(terms.filter((term) => term === "" || term !== term.trim())).toEqual([]);
      expect(terms.join("").isWellFormed() && !terms.join("").includes("\u0000")).toBe(true);
    }),
  );
});

test("what is pasted as a query is cut", () => {
  expect(parseQuery("word ".repeat(1_000))).toEqual(["word"]);
  expect(parseQuery("x".repeat(1_000))).toEqual(["x".repeat(200)]);
});
