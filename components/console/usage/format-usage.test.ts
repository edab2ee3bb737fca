import { describe, expect, test } from "vitest";
import { changeInWords, countOf, formatDay, formatMs, formatTimeLeft } from "./format-usage.ts";

test.each([
  [0, "0 ms"],
  [412, "412 ms"],
  [3_440, "3.4 s"],
  [9_960, "10 s"],
  [59_400, "59 s"],
  [125_000, "2 min 5 s"],
])("%d ms read as %s", (ms, words) => expect(formatMs(ms)).toBe(words));

test.each([
  [30_000, "less than a minute"],
  [12 * 60_000, "12 min"],
  [6 * 3_600_000, "6 h"],
  [6 * 3_600_000 + 27 * 60_000, "6 h 27 min"],
])("%d ms left read as %s", (ms, words) => expect(formatTimeLeft(ms)).toBe(words));

test("one thing is not many", () => {
  expect(countOf(1, "request")).toBe("1 request");
  expect(countOf(1200, "request")).toBe("1,200 requests");
});

test("a day keeps its date in every time zone", () => expect(formatDay("2026-11-22")).toBe("22 Nov"));

describe("change against the period before", () => {
  test.each([
    [112, 100, "12 % more than before"],
    [88, 100, "12 % less than before"],
    [100, 100, "as much as before"],
    [420, 100, "4.2 times before"],
    [2000, 100, "20 times before"],
    [0, 100, "100 % less than before"],
    [5, 0, null],
  ])("%d after %d", (current, before, words) => expect(changeInWords(current, before, "before")).toBe(words));
});
