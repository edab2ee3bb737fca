import fc from "fast-check";
import { expect, test } from "vitest";
import { fillIn, slashAt } from "./slash.ts";

const queryIn = (text: string, caret = text.length) => slashAt(text, caret)?.query ?? null;

test("a slash counts where a word begins, up to the caret", () => {
  expect(queryIn("/")).toBe("");
  expect(queryIn("Look: /rev")).toBe("rev");
  expect(queryIn("Look:\n/总结")).toBe("总结");
  expect(queryIn("/review this", 4)).toBe("rev");
});

test("paths, fractions and ends of words are no slash", () => {
  expect(queryIn("/usr/bin")).toBeNull();
  expect(queryIn("and/or")).toBeNull();
  expect(queryIn("https://example.com")).toBeNull();
  expect(queryIn("/review ")).toBeNull();
  expect(queryIn("// comment")).toBeNull();
  expect(queryIn(`/${"a".repeat(61)}`)).toBeNull();
  expect(queryIn(`x/${"a".repeat(60)}`)).toBeNull();
});

test("a prompt takes the place of the slash and its query, and the caret stands behind it", () => {
  const text = "Please /sum now";
  const slash = slashAt(text, "Please /sum".length);
  expect(slash).not.toBeNull();
  if (slash)
    expect(fillIn(text, slash, "Summarise:")).toEqual({
      text: "Please Summarise: now",
      selectFrom: 17,
      selectTo: 17,
    });
});

test("the first placeholder is selected", () => {
  const slash = { start: 0, end: 2, query: "t" };
  const { text, selectFrom, selectTo } = fillIn("/t", slash, "Translate {{text}} into {{language}}");
  expect(text.slice(selectFrom, selectTo)).toBe("{{text}}");
});

test("whatever is typed, what stands before the slash and behind the caret stays, and the selection is within", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("/", " ", "\n", "a", "{", "}", "字") }),
      fc.nat(),
      fc.string(),
      (text, at, prompt) => {
        const caret = text.length === 0 ? 0 : at % (text.length + 1);
        const slash = slashAt(text, caret);
        if (!slash) return;
        expect(text.slice(slash.start, slash.end)).toBe(`/${slash.query}`);
        const filled = fillIn(text, slash, prompt);
        expect(filled.text).toBe(text.slice(0, slash.start) + prompt + text.slice(caret));
        expect(filled.selectFrom).toBeGreaterThanOrEqual(slash.start);
        expect(filled.selectTo).toBeLessThanOrEqual(slash.start + prompt.length);
      },
    ),
  );
});
