import { parsePartialJson as sdkParse } from "ai";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePartialJson } from "./partial-json.ts";

// Of a number cut within its exponent the SDK forgets the exponent.
const withoutExponents = fc.json().filter((text) => !/\d[eE]/.test(text));

test("every beginning of a JSON text is read as the AI SDK reads it", async () => {
  await fc.assert(
    fc.asyncProperty(withoutExponents, fc.nat(), async (text, cut) => {
      const begun = text.slice(0, cut % (text.length + 1));
      const { value } = await sdkParse(begun);
      // Of a key cut within an escape the SDK gives up the whole text.
      if (value === undefined && begun.includes("\\")) return;
      expect(parsePartialJson(begun)).toEqual(value);
    }),
    { numRuns: 2_000 },
  );
});

test("what is no JSON says nothing", () => {
  for (const text of ["", "  ", "{a: 1}", "[1 2]", '{"a" 1}', "nope", '"a" "b"', "-"]) {
    expect(parsePartialJson(text)).toBeUndefined();
  }
});

test("an unfinished text, escape, number and word are read as far as they have come", () => {
  expect(parsePartialJson('{"city": "Tok')).toEqual({ city: "Tok" });
  expect(parsePartialJson('{"city": "T\\u00')).toEqual({ city: "T" });
  expect(parsePartialJson('{"city": "T\\')).toEqual({ city: "T" });
  expect(parsePartialJson('{"days": [1, 2.')).toEqual({ days: [1, 2] });
  expect(parsePartialJson('{"exact": tr')).toEqual({ exact: true });
  expect(parsePartialJson('{"a": {"__proto__": 1, "b')).toEqual({ a: JSON.parse('{"__proto__": 1}') });
});
