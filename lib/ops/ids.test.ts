import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "./ids.ts";

test("an id is its prefix and a valid UUIDv7", () => {
  expect(newId("req")).toMatch(/^req_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
});

test("ids made later sort later", () => {
  const moment = fc.integer({ min: 0, max: 2 ** 47 });
  fc.assert(
    fc.property(moment, moment, (a, b) => {
      fc.pre(a < b);
      expect(newId("msg", a) < newId("msg", b)).toBe(true);
    }),
  );
});
