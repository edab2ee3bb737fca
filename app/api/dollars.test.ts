import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMoneyExact } from "#components/ui/format-money.ts";
import { parseDollars } from "./dollars.ts";

describe("dollars as typed", () => {
  test.each([
    ["5", 5_000_000_000n],
    ["$12.50", 12_500_000_000n],
    [" 0.000000001 ", 1n],
    ["0", 0n],
  ])("%s is read exactly", (text, nanoUsd) => {
    expect(parseDollars(text)).toBe(nanoUsd);
  });

  test.each(["", "-1", "1e3", "1,000", "1.0000000001", "five", "1.", ".5", "9999999999"])(
    "%s is refused",
    (text) => {
      expect(parseDollars(text)).toBeNull();
    },
  );

  test("what is shown reads back as the same amount", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), (nanoUsd) => {
        expect(parseDollars(formatMoneyExact(nanoUsd).replaceAll(",", ""))).toBe(nanoUsd);
      }),
    );
  });
});
