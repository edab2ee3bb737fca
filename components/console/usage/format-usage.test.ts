import { expect, test } from "vitest";
import { formatMs } from "./format-usage.ts";

test.each([
  [0, "0 ms"],
  [412, "412 ms"],
  [3_440, "3.4 s"],
  [9_960, "10 s"],
  [59_400, "59 s"],
  [125_000, "2 min 5 s"],
])("%d ms read as %s", (ms, words) => expect(formatMs(ms)).toBe(words));
