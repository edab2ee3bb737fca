import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";
import { send, signUp, status, test } from "./product.ts";

const publicPages = ["/", "/signup", "/signin", "/docs/guides/kimi-k2.6"];
const privatePages = ["/chat", "/keys", "/usage", "/welcome"];

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on any page (${colorScheme})`, async ({ page, product }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const audit = async (path: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${path}: ${id} ${nodes.map((node) => node.html).join(" ")}`),
      ).toEqual([]);
    };
    for (const path of publicPages) {
      await page.goto(product.url + path);
      await audit(path);
    }
    await signUp(page, product.url);
    for (const path of privatePages) {
      await page.goto(product.url + path);
      await audit(path);
    }
    await page.goto(`${product.url}/chat`);
    await send(page, "Show me a Markdown demo");
    await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
    await audit("a chat");
  });
}

test("no page scrolls sideways on a phone", async ({ page, product }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signUp(page, product.url);
  for (const path of ["/", ...privatePages, "/docs/guides/kimi-k2.6"]) {
    await page.goto(product.url + path);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, path).toBe(0);
  }
});
