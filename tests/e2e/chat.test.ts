import { expect } from "@playwright/test";
import { Product, send, signUp, status, test } from "./product.ts";

test("Enter sends, Shift+Enter breaks the line, and Enter that ends an IME composition does neither", async ({
  page,
  product,
}) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  const composer = page.getByRole("textbox", { name: "Message" });
  await composer.fill("first");
  await composer.press("Shift+Enter");
  await composer.pressSequentially("second");
  await expect(composer).toHaveValue("first\nsecond");
  await composer.dispatchEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true, bubbles: true });
  await expect(composer).toHaveValue("first\nsecond");
  await composer.press("Enter");
  await expect(composer).toHaveValue("");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
});

test("a person who opens the thinking keeps it open, and money stays money", async ({ page, product }) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await send(page, `Count to 40. ${"It costs $5 and $10, as it did the day before. ".repeat(6)}`);
  // By keyboard: a click waits until the button stands still, and it moves while the thinking grows.
  await page.getByRole("button", { name: /^Thinking…/ }).press("Enter");
  const folded = page.getByRole("button", { name: /^Thinking…|^Thought/ });
  await expect(folded).toHaveAttribute("aria-expanded", "false");
  await folded.press("Enter");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  await expect(page.getByRole("button", { name: /^Thought for/ })).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("log")).toContainText("$5 and $10");
  await expect(page.locator(".katex")).toHaveCount(0);
});

test("editing and regenerating make versions that are kept, also after a reload", async ({
  page,
  product,
}) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await send(page, "What is 2 + 3?");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  await page.getByRole("button", { name: "Regenerate" }).click();
  await expect(page.getByRole("group", { name: "Version 2 of 2" })).toBeVisible({ timeout: 30_000 });
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  await page.getByRole("button", { name: "Previous version" }).click();
  await expect(page.getByRole("group", { name: "Version 1 of 2" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("group", { name: "Version 1 of 2" })).toBeVisible();
});

test("a chat is renamed, deleted, and brought back by undo", async ({ page, product }) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await send(page, "What is 6 * 7?");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  const chats = page.getByRole("navigation", { name: "Chats" });
  await chats.getByRole("button", { name: /^Options for/ }).click();
  await page.getByRole("menuitem", { name: /Rename/ }).click();
  await page.getByRole("textbox", { name: "New title" }).fill("The answer");
  await page.keyboard.press("Enter");
  await expect(chats.getByRole("link", { name: /The answer/ })).toBeVisible();
  await chats.getByRole("button", { name: /^Options for The answer/ }).click();
  await page.getByRole("menuitem", { name: /Delete/ }).click();
  await expect(chats.getByRole("link", { name: /The answer/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(chats.getByRole("link", { name: /The answer/ })).toBeVisible();
});

test("a refused reply stays in the thread with its reason and Retry, and another account's chat is not there", async ({
  page,
  browser,
  watched,
}) => {
  const product = await Product.start({ TRIAL_REQUESTS_PER_DAY: "1" });
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  // Without a tool, which would take a second request.
  await send(page, "Repeat exactly: hello");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  await send(page, "And 2 + 2?");
  const retry = page.getByRole("button", { name: /^Retry/ });
  await expect(retry).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole("log")).toContainText(/free requests of this UTC day are used up/);
  const chatUrl = page.url();
  await page.reload();
  await expect(page.getByRole("log")).toContainText(/free requests of this UTC day are used up/);

  const elsewhere = await browser.newContext();
  const stranger = await watched(elsewhere);
  await signUp(stranger, product.url);
  const answer = await stranger.goto(chatUrl);
  expect(answer?.status()).toBe(404);
  const read = await stranger.request.get(`${product.url}/api/chats/${chatUrl.split("/").at(-1)}`);
  expect(read.status()).toBe(404);
  await elsewhere.close();
  await product.stop();
});
