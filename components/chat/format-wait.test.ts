import { expect, test } from "vitest";
import { formatWait } from "./format-wait.ts";

test("a wait counts seconds until it is an hour", () => {
  expect(formatWait(42, "en")).toBe("42 sec");
  expect(formatWait(185, "en")).toBe("3 min 5 sec");
  expect(formatWait(180, "en")).toBe("3 min");
  expect(formatWait(19_230, "en")).toBe("5 hr 20 min");
  expect(formatWait(42, "zh-CN")).toBe("42秒");
});
