import { expect, type Page } from "@playwright/test";
import { expectAccessible, send, signUp, status, test } from "./product.ts";

const palette = (page: Page) => page.getByRole("combobox", { name: "Search pages, chats and commands" });

test("the palette finds pages, acts and the look, by keyboard alone", async ({ page, product }) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  const composer = page.getByRole("textbox", { name: "Message", exact: true });
  await composer.click();
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeFocused();
  await expectAccessible(page);

  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(composer).toBeFocused();

  await page.keyboard.press("Control+k");
  await palette(page).fill("theme dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveClass(/dark/);
  await page.keyboard.press("Control+k");
  await palette(page).fill("request log");
  await expect(page.getByRole("option", { selected: true })).toHaveText("Request log");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/usage/requests");
});

test("shortcuts act on the open chat, and the help sheet lists them", async ({ page, product }) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await send(page, "What is 2 + 3?");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });

  const composer = page.getByRole("textbox", { name: "Message", exact: true });
  await composer.press("ArrowUp");
  const editor = page.getByRole("textbox", { name: "Edit your message" });
  await expect(editor).toBeFocused();
  await editor.press("Escape");
  await expect(page.getByRole("button", { name: "Edit", exact: true })).toBeFocused();

  await page.keyboard.press("Shift+Escape");
  await expect(composer).toBeFocused();
  await page.keyboard.press("Control+/");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Stop the reply");
  await page.keyboard.press("Escape");
  await expect(composer).toBeFocused();

  await page.keyboard.press("Control+k");
  await palette(page).fill("rename");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "New title" }).fill("Sums");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Sums" })).toBeVisible();

  await page.keyboard.press("Control+Shift+KeyO");
  await page.waitForURL("**/chat");
});

test("once Chinese is chosen, the product speaks it", async ({ page, product }) => {
  await page.goto(`${product.url}/`);
  await page.getByRole("button", { name: "Language" }).click();
  await page.getByRole("menuitemradio", { name: "简体中文" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.goto(`${product.url}/signin`);
  await page.getByLabel("电子邮箱").fill("nobody@example.com");
  await page.getByLabel("密码", { exact: true }).fill("wrong password here");
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "电子邮箱或密码不正确" })).toBeVisible();
});

test("an account's language is changed from the palette and stays", async ({ page, product }) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/keys`);
  await page.keyboard.press("Control+k");
  await palette(page).fill("简体中文");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "密钥" })).toBeVisible();
  await page.goto(`${product.url}/nothing-here`);
  await expect(page.getByRole("heading", { name: "没有这个页面" })).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a swipe to the left closes the side bar, one from the edge opens it", async ({ page, product }) => {
    await signUp(page, product.url);
    await page.goto(`${product.url}/chat`);
    const menu = page.getByRole("dialog", { name: "Menu" });
    await page.getByRole("button", { name: "Menu" }).click();
    await expect(menu).toBeVisible();
    await swipe(page, 250, 60);
    await expect(menu).toBeHidden();
    await swipe(page, 10, 200);
    await expect(menu).toBeVisible();
  });
});

async function swipe(page: Page, fromX: number, toX: number): Promise<void> {
  const touch = await page.context().newCDPSession(page);
  const point = (x: number) => ({ touchPoints: [{ x, y: 400 }] });
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", ...point(fromX) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchMove", ...point((fromX + toX) / 2) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchMove", ...point(toX) });
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}
