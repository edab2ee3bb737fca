import { describe, expect, it } from "vitest";
import { asLocale, negotiateLocale } from "./negotiate-locale.ts";

describe("negotiateLocale", () => {
  it.each([
    [null, "en"],
    ["", "en"],
    ["*", "en"],
    ["fr-FR, de;q=0.8", "en"],
    ["zh", "zh-CN"],
    ["zh-TW,zh;q=0.9,en;q=0.8", "zh-CN"],
    ["ZH-hans-CN", "zh-CN"],
    ["en-GB,en;q=0.9,zh;q=0.8", "en"],
    ["en;q=0.3, zh-CN ; q=0.7", "zh-CN"],
    ["zh;q=0, en", "en"],
    ["zh;q=nonsense", "en"],
    ["fr, zh;q=0.2", "zh-CN"],
  ])("serves %j in %s", (header, locale) => {
    expect(negotiateLocale(header)).toBe(locale);
  });
});

it("takes only languages there are from a cookie", () => {
  expect(asLocale("zh-CN")).toBe("zh-CN");
  expect(asLocale("xx")).toBeNull();
  expect(asLocale(undefined)).toBeNull();
});
