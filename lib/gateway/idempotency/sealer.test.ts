import fc from "fast-check";
import { expect, test } from "vitest";
import { createSealer } from "./sealer.ts";

const secret = "a secret of thirty-two characters";
const run = { id: "record", requestId: "req_1" };
const sealer = createSealer(secret, run);

test("what is sealed opens in its place", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.nat(), (bytes, place) => {
      expect(Buffer.from(bytes).equals(sealer.open(place, sealer.seal(place, bytes)))).toBe(true);
    }),
  );
});

test("the same bytes never look the same twice, nor like themselves", () => {
  const bytes = Buffer.from("Hello there, this is an answer.");
  const sealed = Buffer.from(sealer.seal(1, bytes));
  expect(sealed.equals(sealer.seal(1, bytes))).toBe(false);
  expect(sealed.includes("answer")).toBe(false);
});

test.each([
  { what: "another place", other: sealer, place: 2 },
  { what: "another call", other: createSealer(secret, { ...run, id: "other" }), place: 1 },
  { what: "another run", other: createSealer(secret, { ...run, requestId: "req_2" }), place: 1 },
  { what: "another secret", other: createSealer(`${secret}.`, run), place: 1 },
])("what is sealed does not open in $what", ({ other, place }) => {
  expect(() => other.open(place, sealer.seal(1, Buffer.from("text")))).toThrow();
});

test("a changed byte is found out", () => {
  const sealed = sealer.seal(1, Buffer.from("text"));
  for (let at = 0; at < sealed.length; at++) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => sealer.open(1, changed)).toThrow();
  }
});
