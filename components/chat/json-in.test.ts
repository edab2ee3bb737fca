import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonIn } from "./json-in.ts";

test("a text that is JSON as a whole is laid out, as it would be written anew", () => {
  const held = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
  fc.assert(
    fc.property(held, fc.constantFrom(0, 1, 4), (value, indent) => {
      const laidOut = JSON.stringify(JSON.parse(JSON.stringify(value)), null, 2);
      expect(jsonIn(` ${JSON.stringify(value, null, indent)}\n`, false)).toBe(laidOut);
    }),
  );
});

test("numbers stay as the model wrote them", () => {
  expect(jsonIn('{"id":12345678901234567890,"sum":1.10}', false)).toBe(
    '{\n  "id": 12345678901234567890,\n  "sum": 1.10\n}',
  );
});

test("anything else is not taken for JSON", () => {
  for (const text of ["", "[link](https://example.com)", '{"a":1} and more', "42", "{ braces }"]) {
    expect(jsonIn(text, false)).toBeNull();
  }
});

test("what is still coming is JSON as soon as it begins as an object", () => {
  expect(jsonIn('{"a": [1, ', true)).toBe('{"a": [1,');
  expect(jsonIn("{ braces", true)).toBeNull();
  expect(jsonIn("[lin", true)).toBeNull();
});
