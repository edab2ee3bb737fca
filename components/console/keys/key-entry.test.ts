import { describe, expect, test } from "vitest";
import { emptyEntry, entryOf, toKeyJson } from "./key-entry.ts";

const limited = {
  name: "app",
  modelPatterns: ["moonshot/*", "other/model"],
  monthlyBudgetNanoUsd: 1_234_500_000_000n,
  budgetMode: "warn" as const,
  alertPercents: [50, 120],
  requestsPerMinute: 10,
  expiresAt: new Date(2027, 4, 6, 12),
};

describe("the form of a key", () => {
  test("shows a key's limits as they would be typed", () => {
    expect(entryOf(limited)).toEqual({
      name: "app",
      modelPatterns: "moonshot/*, other/model",
      monthlyBudgetUsd: "1234.50",
      budgetMode: "warn",
      alertPercents: "50, 120",
      requestsPerMinute: "10",
      expiresAt: "2027-05-06",
    });
  });

  test("sends what was changed and nothing else", () => {
    const before = entryOf(limited);
    expect(toKeyJson(before, before)).toEqual({});
    expect(toKeyJson({ ...before, requestsPerMinute: "", modelPatterns: "" }, before)).toEqual({
      requestsPerMinute: null,
      modelPatterns: [],
    });
  });

  test("a key ends with the day that was named, in the person's zone", () => {
    expect(toKeyJson({ ...emptyEntry, name: "app", expiresAt: "2027-05-06" })).toEqual({
      name: "app",
      expiresAt: new Date(2027, 4, 6, 23, 59, 59).toISOString(),
    });
  });

  test("percentages are read as people type them", () => {
    expect(toKeyJson({ ...emptyEntry, alertPercents: " 75 %，90; 100%" })).toEqual({
      alertPercents: [75, 90, 100],
    });
    expect(toKeyJson({ ...emptyEntry, alertPercents: "" })).toEqual({ alertPercents: [] });
  });

  test("what is no number goes as typed, to be refused", () => {
    expect(toKeyJson({ ...emptyEntry, requestsPerMinute: "ten" })).toEqual({ requestsPerMinute: "ten" });
  });
});
