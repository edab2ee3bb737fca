import fc from "fast-check";
import { expect, test } from "vitest";
import { cutSnippet, markTerms, type Segment } from "./snippet.ts";

const joined = (segments: readonly Segment[]) => segments.map((segment) => segment.text).join("");
const hits = (segments: readonly Segment[]) => segments.filter(({ hit }) => hit).map(({ text }) => text);

test.each([
  ["The Weather in Berlin", ["weather", "berlin"], ["Weather", "Berlin"]],
  ["明天北京的天气预报", ["天气"], ["天气"]],
  ["call getUserById(id)", ["UserById("], ["UserById("]],
  ["İstanbul and ISTANBUL", ["istanbul"], ["ISTANBUL"]],
  ["a go, ago, Go", ["go"], ["go", "Go"]],
  ["nothing", ["else"], []],
])("in %j the places of %j are %j", (text, terms, marked) => {
  expect(hits(markTerms(text, terms))).toEqual(marked);
});

test("the snippet of a long text is a line around the place where the terms stand together", () => {
  const filler = "lorem ipsum dolor sit amet ".repeat(60);
  const segments = cutSnippet(`alpha ${filler}alpha beta\n\n${filler}`, ["alpha", "beta"]);
  expect(hits(segments)).toEqual(["alpha", "beta"]);
  expect(joined(segments)).toMatch(/^….{100,260}…$/u);
});

test("what is a piece of a longer text says so", () => {
  const segments = cutSnippet("short", ["short"], { cutBefore: true, cutAfter: true });
  expect(segments.map(({ text }) => text)).toEqual(["…", "short", "…"]);
});

const anyText = fc.string({ unit: "grapheme", maxLength: 600 });

test("marking loses and adds nothing, and whoever searches for a part of a text sees it marked", () => {
  fc.assert(
    fc.property(anyText, fc.nat(), fc.integer({ min: 3, max: 20 }), (text, from, length) => {
      const letters = [...text];
      const start = letters.length === 0 ? 0 : from % letters.length;
      const term = letters.slice(start, start + length).join("");
      const segments = markTerms(text, [term]);
      expect(joined(segments)).toBe(text);
      if ([...term].length >= 3) expect(hits(segments).length).toBeGreaterThan(0);
    }),
  );
});

test("a snippet of any text is short, well formed and cut from the text", () => {
  fc.assert(
    fc.property(
      anyText,
      fc.array(fc.string({ unit: "grapheme", maxLength: 5 }), { maxLength: 4 }),
      (text, terms) => {
        const segments = cutSnippet(text, terms);
        const shown = joined(segments);
        expect(shown.isWellFormed()).toBe(text.isWellFormed());
        expect(shown.length).toBeLessThan(400);
        const inner = shown.replace(/^…/u, "").replace(/…$/u, "");
        expect(text.replace(/\s+/gu, " ")).toContain(inner.replace(/\s+/gu, " ").trim());
      },
    ),
  );
});
