import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMoney, formatMoneyExact } from "./format-money.ts";

function parseNano(shown: string): bigint {
  const negative = shown.startsWith("−");
  const [whole = "", fraction = ""] = shown.replace(/[−$,]/g, "").split(".");
  const size = BigInt(whole + fraction.padEnd(9, "0"));
  return negative ? -size : size;
}

describe("formatMoney", () => {
  it.each([
    ["0", "$0.00"],
    ["1", "$0.000000001"],
    ["95", "$0.000000095"],
    ["4_128_000", "$0.0041"],
    ["9_960_000", "$0.0100"],
    ["52_000_000", "$0.052"],
    ["410_000_000", "$0.41"],
    ["999_999_999", "$1.00"],
    ["12_400_000_000", "$12.40"],
    ["1_234_567_890_000_000", "$1,234,567.89"],
    ["-4_128_000", "−$0.0041"],
  ])("shows %s nano-dollars as %s", (nano, shown) => {
    expect(formatMoney(BigInt(nano.replaceAll("_", "")))).toBe(shown);
  });

  it("takes the decimal string that JSON carries", () => {
    expect(formatMoney("12400000000")).toBe("$12.40");
  });

  it("gives every figure of a column the same decimals when told", () => {
    expect(formatMoney(4_128_000n, 6)).toBe("$0.004128");
    expect(formatMoney(0n, 6)).toBe("$0.000000");
    expect(formatMoney(1_500_000_000n, 0)).toBe("$2");
  });

  it("never shows minus zero", () => {
    expect(formatMoney(-1n, 2)).toBe("$0.00");
  });

  it("is never off by more than half of its last digit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (nano) => {
        const shown = formatMoney(nano);
        const decimals = shown.split(".")[1]?.length ?? 0;
        const error = parseNano(shown) - nano;
        expect((error < 0n ? -error : error) * 2n).toBeLessThanOrEqual(10n ** BigInt(9 - decimals));
      }),
    );
  });
});

describe("formatMoneyExact", () => {
  it.each([
    ["0", "$0.00"],
    ["4128000", "$0.004128"],
    ["12400000000", "$12.40"],
    ["12400000001", "$12.400000001"],
    ["-950", "−$0.00000095"],
  ])("shows %s nano-dollars as %s", (nano, shown) => {
    expect(formatMoneyExact(nano)).toBe(shown);
  });

  it("loses nothing", () => {
    fc.assert(
      fc.property(fc.bigInt(), (nano) => {
        expect(parseNano(formatMoneyExact(nano))).toBe(nano);
      }),
    );
  });
});
