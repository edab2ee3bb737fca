import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Alert, normalisePercents, webhookBody } from "./alert.ts";
import { composeEmail } from "./email.ts";
import { maxTries, pauseAfter } from "./retry.ts";

describe("shares of a budget", () => {
  test("are kept once each, ascending", () => {
    expect(normalisePercents([100, 50, 80, 50])).toEqual([50, 80, 100]);
    expect(normalisePercents([])).toEqual([]);
  });

  test.each([[[0]], [[1001]], [[1.5]], [[Number.NaN]], [Array.from({ length: 11 }, (_, at) => at + 1)]])(
    "%j is refused",
    (percents) => expect(normalisePercents(percents)).toBeNull(),
  );
});

const alert: Alert = {
  id: "alt_1",
  accountId: "acc_1",
  key: { id: "key_1", name: "nightly\r\nBcc: all@example.com" },
  kind: "reached",
  percent: 80,
  month: new Date("2026-12-01T00:00:00Z"),
  limitNanoUsd: 12_500_000_000n,
  spentNanoUsd: 10_000_000_001n,
  mode: "warn",
  createdAt: new Date("2026-12-24T12:00:00Z"),
};

describe("an alert in words", () => {
  test("is exact about money, and says when the month ends", () => {
    const { text } = composeEmail(alert, "en", null);
    expect(text).toContain("$10.000000001 of $12.50");
    expect(text).toContain("2027-01-01 at 00:00 UTC");
    expect(text).toContain("only warns");
  });

  test("no key's name makes a header of its own", () => {
    for (const locale of ["en", "zh-CN"] as const) {
      expect(composeEmail(alert, locale, "https://ai.example.com").subject).not.toMatch(/[\r\n]/);
    }
  });

  test("tells programs its money in whole nano-dollars", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 60n }), (spentNanoUsd) => {
        const { data } = JSON.parse(webhookBody({ ...alert, spentNanoUsd }, alert));
        expect(BigInt(data.spent_nano_usd)).toBe(spentNanoUsd);
      }),
    );
  });
});

test("pauses grow threefold until a delivery is given up", () => {
  const pauses = Array.from({ length: maxTries }, (_, at) => pauseAfter(at + 1, 10_000));
  expect(pauses.slice(0, 3)).toEqual([10_000, 30_000, 90_000]);
  expect(pauses.at(-1)).toBeNull();
  expect(pauses.reduce<number>((sum, each) => sum + (each ?? 0), 0)).toBeGreaterThan(8 * 3_600_000);
});
