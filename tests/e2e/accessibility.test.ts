import { expect } from "@playwright/test";
import { expectAccessible, signUp, signUpOnPage, status, test } from "./product.ts";

const publicPages = ["/", "/signup", "/signin"];
/** Long, and English whatever is chosen. */
const guide = "/docs/guides/kimi-k2.6";
const privatePages = [
  "/chat",
  "/keys",
  "/usage",
  "/usage/requests",
  "/playground",
  "/settings/general",
  "/settings/account",
  "/settings/alerts",
  "/settings/prompts",
  "/settings/data",
  "/settings/tools",
  "/welcome",
  "/no-such-page",
];

const looks = [
  { language: "en", viewport: { width: 1280, height: 844 }, colorScheme: "light" },
  { language: "zh-CN", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

for (const { language, viewport, colorScheme } of looks) {
  test.describe(`in ${language}, ${colorScheme}, ${viewport.width} pixels wide`, () => {
    test.use({ viewport, colorScheme });

    test("axe finds nothing on any page", async ({ page, product }) => {
      test.setTimeout(300_000);
      for (const path of [...publicPages, guide]) {
        await page.goto(product.url + path);
        await expectAccessible(page, path);
      }
      await signUpOnPage(page, product.url);
      await page.context().addCookies([{ name: "locale", value: language, url: product.url }]);
      for (const path of privatePages) {
        await page.goto(product.url + path);
        await expectAccessible(page, path);
      }
      await page.goto(`${product.url}/chat`);
      await page.locator("textarea[name=message]").fill("Show me a Markdown demo");
      await page.keyboard.press("Enter");
      await expect(status(page)).toHaveText(/Answer ready|回答完毕/, { timeout: 30_000 });
      await expectAccessible(page, "a chat");
    });
  });
}

test("no page scrolls sideways on a phone", async ({ page, product }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signUp(page, product.url);
  for (const path of ["/", ...privatePages, guide]) {
    await page.goto(product.url + path);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, path).toBe(0);
  }
});
