import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";
import { signUp, status, test } from "./product.ts";

const publicPages = ["/", "/signup", "/signin"];
/** Long, and English whatever is chosen. */
const guide = "/docs/guides/kimi-k2.6";
const privatePages = ["/chat", "/keys", "/usage", "/settings/general", "/welcome", "/no-such-page"];

/** Each page is looked at wide in one theme and narrow in the other, the two tests together in all of them. */
for (const [colorScheme, language] of [
  ["light", "en"],
  ["dark", "zh-CN"],
] as const) {
  test(`axe finds nothing on any page (${colorScheme}, ${language})`, async ({ page, product }) => {
    test.setTimeout(300_000);
    const other = colorScheme === "light" ? "dark" : "light";
    const audit = async (path: string) => {
      for (const [width, theme] of [
        [1280, colorScheme],
        [390, other],
      ] as const) {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(
            ({ id, nodes }) => `${path} ${width} ${theme}: ${id} ${nodes.map((node) => node.html).join(" ")}`,
          ),
        ).toEqual([]);
      }
    };
    for (const path of language === "en" ? [...publicPages, guide] : publicPages) {
      await page.goto(product.url + path);
      await audit(path);
    }
    await signUp(page, product.url);
    await page.context().addCookies([{ name: "locale", value: language, url: product.url }]);
    for (const path of privatePages) {
      await page.goto(product.url + path);
      await audit(path);
    }
    await page.goto(`${product.url}/chat`);
    await page.locator("textarea[name=message]").fill("Show me a Markdown demo");
    await page.keyboard.press("Enter");
    await expect(status(page)).toHaveText(/Answer ready|回答完毕/, { timeout: 30_000 });
    await audit("a chat");
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
