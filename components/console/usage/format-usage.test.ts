import { expect, test } from "vitest";
import { usageFormat } from "./format-usage.ts";

test.each([
  [0, "0 ms", "0 毫秒"],
  [412, "412 ms", "412 毫秒"],
  [3_440, "3.4 s", "3.4 秒"],
  [9_960, "10 s", "10 秒"],
  [59_400, "59 s", "59 秒"],
  [120_400, "2 min", "2 分钟"],
  [125_000, "2 min 5 s", "2 分钟 5 秒"],
])("%d ms read as %s, in Chinese %s", (ms, english, chinese) => {
  expect(usageFormat("en").ms(ms)).toBe(english);
  expect(usageFormat("zh-CN").ms(ms)).toBe(chinese);
});

test("counts are set apart by thousands, and short ones by what the language counts in", () => {
  expect(usageFormat("en").count(1_234_567)).toBe("1,234,567");
  expect(usageFormat("en").short(12_345)).toBe("12.3K");
  expect(usageFormat("zh-CN").short(12_345)).toBe("1.2万");
});

test.each([
  [0, "0%"],
  [0.04, "0.0%"],
  [3.21, "3.2%"],
  [12.6, "13%"],
])("a share of %d reads as %s", (value, words) => expect(usageFormat("en").percent(value)).toBe(words));
