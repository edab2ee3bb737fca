import fc from "fast-check";
import { expect, test } from "vitest";
import { exchangeShown, followUpsFromModel } from "./follow-ups.ts";

test("three lines are three suggestions, whatever stands before and around them", () => {
  expect(followUpsFromModel("1. How fast is it?\n2) “Show the code”\n\n- **Why?**")).toEqual([
    "How fast is it?",
    "Show the code",
    "Why?",
  ]);
  expect(followUpsFromModel("1、为什么？\n2：「举个例子」\n举个例子")).toEqual(["为什么？", "举个例子"]);
});

test("quotation marks within a suggestion stay", () => {
  expect(followUpsFromModel('Reverse "harbour"\n反转“港口”')).toEqual(['Reverse "harbour"', "反转“港口”"]);
});

test("numbers and years that belong to a suggestion stay", () => {
  expect(followUpsFromModel("2027 was what?\n3 × 4?")).toEqual(["2027 was what?", "3 × 4?"]);
});

test("a paragraph in place of suggestions gives none", () => {
  expect(followUpsFromModel(`I would rather ${"talk ".repeat(60)}`)).toEqual([]);
  expect(followUpsFromModel("")).toEqual([]);
});

test("whatever the model writes, there are at most three, each one line, each once, none empty", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("1", ".", "-", "*", '"', " ", "\n", "a", "字", "”") }),
      (text) => {
        const found = followUpsFromModel(text);
        expect(found.length).toBeLessThanOrEqual(3);
        expect(new Set(found).size).toBe(found.length);
        for (const line of found) expect(line).toMatch(/^\S(.*\S)?$/u);
      },
    ),
  );
});

test("what the model is shown is bounded, and keeps the end of a long answer", () => {
  const shown = exchangeShown("q".repeat(9_000), `${"a".repeat(90_000)} the end`);
  expect(shown.length).toBeLessThan(6_100);
  expect(shown).toMatch(/the end$/);
  expect(exchangeShown("Why?", "So.")).toBe("Person:\nWhy?\n\nAssistant:\nSo.");
});
