import { describe, expect, test } from "vitest";
import { titleFromModel, titleFromText } from "./title.ts";

describe("a title from the first message", () => {
  test.each([
    ["Why is the sky blue? I always wondered.", "Why is the sky blue?"],
    ["  fold \t the\u00a0 blanks ", "fold the blanks"],
    ["First line\nSecond line", "First line"],
    ["```js\nconsole.log(1)\n```\nWhat does this print?", "What does this print?"],
    ["```js\nconsole.log(1)\n```", "js"],
    ["# Plan for Monday", "Plan for Monday"],
    ["v1.2 is out. Upgrade?", "v1.2 is out."],
    ["天空为什么是蓝色的？请解释。", "天空为什么是蓝色的？"],
    ["", "New chat"],
    [" \n ", "New chat"],
  ])("%j is called %j", (text, title) => {
    expect(titleFromText(text)).toBe(title);
  });

  test("has sixty graphemes at most and is cut between words, never inside a character", () => {
    const words = titleFromText("word ".repeat(40));
    expect(words).toMatch(/^(word )+word…$/);
    expect(words.length).toBeLessThanOrEqual(60);
    expect(titleFromText("👩‍👩‍👧‍👦".repeat(100))).toBe(`${"👩‍👩‍👧‍👦".repeat(59)}…`);
  });
});

describe("a title from the model", () => {
  test.each([
    ['"Blue skies explained."', "Blue skies explained"],
    ["Title: Blue skies", "Blue skies"],
    ["\n**Blue skies**\nmore", "Blue skies"],
    ['""', null],
    ["", null],
  ])("%j becomes %j", (text, title) => {
    expect(titleFromModel(text)).toBe(title);
  });
});
