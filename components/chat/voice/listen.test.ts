import { expect, test } from "vitest";
import { spokenBy } from "./listen.ts";

test("speech is taken for the person's own kind of the interface's language", () => {
  expect(spokenBy("en", ["de-DE", "en-AU", "en"])).toBe("en-AU");
  expect(spokenBy("zh-CN", ["en-US", "zh-TW"])).toBe("zh-TW");
  expect(spokenBy("zh-CN", ["en-US"])).toBe("zh-CN");
});
