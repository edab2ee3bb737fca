import fc from "fast-check";
import { expect, test } from "vitest";
import { spokenLanguage, spokenText, utterancesOf } from "./spoken-text.ts";

test("marks, code and addresses are not read", () => {
  const markdown =
    "## Title\n\nA **bold** `word`, [a link](https://example.com/x).\n\n```js\nlet a = 1;\n```\n\n- one\n- two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |";
  const spoken = spokenText(markdown, "Code");
  expect(spoken).toContain("Title\nA bold word, a link.\nCode.\none\ntwo");
  expect(spoken).not.toMatch(/[#*`[\]]|https|---|let a/);
});

test("code whose end is still to come is not read either", () => {
  expect(spokenText("See:\n```\nlet a", "Code")).toBe("See:\nCode.");
});

test("a Chinese text is read as Chinese", () => {
  expect(spokenLanguage("今天天气很好 today")).toBe("zh-CN");
  expect(spokenLanguage("Hamburg is a port (港口) on the river Elbe, with many ships.")).toBeNull();
});

test("whatever a text is, its pieces have all of its words in their order", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const letters = (of: string) => of.replace(/[^\p{L}\p{N}]/gu, "");
      expect(letters(utterancesOf(text).join(" "))).toBe(letters(text));
    }),
  );
});
