import { expect, test } from "vitest";
import { explainError, fieldRefusalsInChinese, refusalInChinese } from "./refusals-in-chinese.ts";

test("a code is said in Chinese, and a vague one keeps the detail", () => {
  expect(refusalInChinese("daily_quota_exceeded", "detail")).toMatch(/\p{Script=Han}/u);
  expect(refusalInChinese("invalid_request", "`x` is no field.")).toContain("`x` is no field.");
  expect(refusalInChinese("not_found", "You have no such key.")).not.toContain("key");
});

test("a field without a sentence keeps the English one", () => {
  expect(fieldRefusalsInChinese({ email: "Enter an e-mail.", other: "Correct it." })).toEqual({
    email: "请输入有效的电子邮箱，例如 name@example.com。",
    other: "Correct it.",
  });
});

test("what an error means is told in the reader's language, and of an unknown one nothing", () => {
  expect(explainError("upstream_timeout", "en")).toMatch(/in time\. Send it again/);
  expect(explainError("upstream_timeout", "zh-CN")).toMatch(/^\P{Script=Latin}+$/u);
  expect(explainError("toString", "en")).toBeNull();
});
