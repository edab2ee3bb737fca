import { expect, test } from "vitest";
import { formatDuration } from "./format-duration.ts";

test.each([
  [0, "0 s", "0 秒"],
  [840, "0.8 s", "0.8 秒"],
  [2_000, "2 s", "2 秒"],
  [9_949, "9.9 s", "9.9 秒"],
  [12_300, "12 s", "12 秒"],
  [60_000, "1 min", "1 分"],
  [125_000, "2 min 5 s", "2 分 5 秒"],
  [60_000_000, "1,000 min", "1,000 分"],
])("%i ms reads %s, in Chinese %s", (ms, english, chinese) => {
  expect(formatDuration(ms, "en")).toBe(english);
  expect(formatDuration(ms, "zh-CN")).toBe(chinese);
});
