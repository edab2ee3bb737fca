import { gzipSync } from "node:zlib";
import { expect, type Page, type Response } from "@playwright/test";
import { send, signUp, status, test } from "./product.ts";

/**
 * Bytes after gzip at level 6, as a proxy in front of us sends them. A page of messages has the thread and Markdown besides
 * (docs/decisions/015-first-load.md).
 */
const budgets = { newChat: 200_000, chatWithMessages: 466_000 };

interface Load {
  bytes: number;
  files: string[];
}

/** Opens a page and adds up all scripts that come before anybody touches it. */
async function firstLoad(page: Page, url: string): Promise<Load> {
  const sizes = new Map<string, Promise<number>>();
  const note = (response: Response) => {
    if (response.request().resourceType() !== "script") return;
    sizes.set(
      response.url(),
      response.body().then((body) => gzipSync(body, { level: 6 }).length),
    );
  };
  page.on("response", note);
  await page.goto(url);
  await page.waitForLoadState("networkidle");
  // What a page that stands open asks for later is no part of it.
  page.off("response", note);
  const files: [string, number][] = [];
  for (const [address, size] of sizes) files.push([new URL(address).pathname, await size]);
  return {
    bytes: files.reduce((sum, [, size]) => sum + size, 0),
    files: files.sort((a, b) => b[1] - a[1]).map(([path, size]) => `${size} ${path}`),
  };
}

test("the chat's pages begin within their budgets of JavaScript", async ({ page, product, context }) => {
  await signUp(page, product.url);
  const empty = await firstLoad(await context.newPage(), `${product.url}/chat`);
  expect(empty.files.length).toBeGreaterThan(3);
  expect(empty.bytes, empty.files.join("\n")).toBeLessThanOrEqual(budgets.newChat);

  await page.goto(`${product.url}/chat`);
  await send(page, "What is 2 + 2?");
  await page.waitForURL("**/chat/chat_*");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  const chat = await firstLoad(await context.newPage(), page.url());
  expect(chat.bytes, chat.files.join("\n")).toBeLessThanOrEqual(budgets.chatWithMessages);
});
