import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePerMillion } from "./price-fields.ts";

test("dollars per million tokens are whole nano-dollars a token, exactly", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), (nanoUsd) => {
      const text = `${Math.floor(nanoUsd / 1000)}.${String(nanoUsd % 1000).padStart(3, "0")}`;
      expect(parsePerMillion(text)).toBe(nanoUsd);
    }),
  );
  expect(parsePerMillion("$ 0.95")).toBe(950);
  expect(parsePerMillion("4")).toBe(4000);
});

test.each(["", "free", "-1", "0.9501", "1e3", "1,000", "1234567", ".5"])("%s is no price", (text) => {
  expect(parsePerMillion(text)).toBeNull();
});
