import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { signUp, signUpOnPage, status, test } from "./product.ts";

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
  "/welcome",
  "/no-such-page",
];

interface Look {
  width: number;
  theme: "light" | "dark";
}
const wideLight: Look = { width: 1280, theme: "light" };
const narrowDark: Look = { width: 390, theme: "dark" };
const wideDark: Look = { width: 1280, theme: "dark" };

async function audit(page: Page, path: string, looks: Look[]): Promise<void> {
  for (const { width, theme } of looks) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(
        ({ id, nodes }) => `${path} ${width} ${theme}: ${id} ${nodes.map((node) => node.html).join(" ")}`,
      ),
    ).toEqual([]);
  }
}

for (const [language, looks, guideLook] of [
  ["en", [wideLight, narrowDark], wideLight],
  ["zh-CN", [wideDark], wideDark],
] as const) {
  test(`axe finds nothing on any page (${language})`, async ({ page, product }) => {
    test.setTimeout(300_000);
    for (const path of publicPages) {
      await page.goto(product.url + path);
      await audit(page, path, [...looks]);
    }
    await page.goto(product.url + guide);
    await audit(page, guide, [guideLook]);
    await signUpOnPage(page, product.url);
    await page.context().addCookies([{ name: "locale", value: language, url: product.url }]);
    for (const path of privatePages) {
      await page.goto(product.url + path);
      await audit(page, path, [...looks]);
    }
    await page.goto(`${product.url}/chat`);
    await page.locator("textarea[name=message]").fill("Show me a Markdown demo");
    await page.keyboard.press("Enter");
    await expect(status(page)).toHaveText(/Answer ready|回答完毕/, { timeout: 30_000 });
    await audit(page, "a chat", [...looks]);
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
