import fc from "fast-check";
import { expect, test } from "vitest";
import { bodyHashOf, canonicalJson, recordIdOf } from "./fingerprint.ts";

const secret = "a secret of thirty-two characters";

/** The same value with the fields of every object in reverse. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, field]) => [name, reversed(field)]),
  );
}

test("the order of fields and white space make no other body", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const parsed: unknown = JSON.parse(JSON.stringify(value));
      expect(canonicalJson(reversed(parsed))).toBe(canonicalJson(parsed));
    }),
  );
});

test("the canonical text means the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const parsed: unknown = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(canonicalJson(parsed))).toEqual(parsed);
    }),
  );
});

test("another value, endpoint or secret makes another body", () => {
  const hash = bodyHashOf(secret, "responses", { a: [1, 2] });
  expect(bodyHashOf(secret, "responses", { a: [2, 1] })).not.toBe(hash);
  expect(bodyHashOf(secret, "chat.completions", { a: [1, 2] })).not.toBe(hash);
  expect(bodyHashOf(`${secret}.`, "responses", { a: [1, 2] })).not.toBe(hash);
});

test("an id belongs to one account and key", () => {
  const id = recordIdOf(secret, "acc_1", "first");
  expect(id).toMatch(/^[0-9a-f]{64}$/);
  expect(recordIdOf(secret, "acc_1", "first")).toBe(id);
  expect(recordIdOf(secret, "acc_2", "first")).not.toBe(id);
  expect(recordIdOf(secret, "acc_1", "second")).not.toBe(id);
});
