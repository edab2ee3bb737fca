import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { chatGptConversation } from "#tests/support/chatgpt-export.ts";
import { expectAccessible, send, signUp, status, test } from "./product.ts";

async function importFile(page: Page, name: string, content: string | Buffer): Promise<void> {
  await page.getByTestId("import-files").setInputFiles({
    name,
    mimeType: name.endsWith(".zip") ? "application/zip" : "application/json",
    buffer: Buffer.from(content),
  });
}

function report(page: Page) {
  return page.getByRole("region", { name: "What was imported" });
}

async function download(page: Page, act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test("a chat is shared, read signed out, and gone once it is revoked", async ({
  page,
  browser,
  product,
  watched,
}) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await send(page, "What is 2 + 3?");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  await page.getByRole("button", { name: "Share or export this chat" }).click();
  await page.getByRole("menuitem", { name: "Share…" }).click();
  const dialog = page.getByRole("dialog", { name: "Share this chat" });
  await dialog.getByRole("button", { name: "Create link" }).click();
  const address = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
  await expectAccessible(page);

  const signedOut = await browser.newContext();
  const reader = await watched(signedOut);
  await reader.goto(address);
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText("What is 2 + 3?");
  await expect(reader.locator("article[data-role=assistant]")).toContainText("5");
  await expect(reader.locator("meta[name=robots]")).toHaveAttribute("content", /noindex/);
  expect(await reader.content()).not.toMatch(/costNanoUsd|@example\.com|req_/);
  await expectAccessible(reader);

  await page.goto(`${product.url}/settings/data`);
  await page.getByRole("button", { name: "Revoke What is 2 + 3?" }).click();
  await expect(page.getByText("You share no chats.")).toBeVisible();
  expect((await reader.goto(address))?.status()).toBe(404);
  await expect(reader.getByText("There is nothing here")).toBeVisible();
  await signedOut.close();
});

test("a chat and the account are taken away as files, and come back with a report", async ({
  page,
  product,
}) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/settings/data`);
  await importFile(
    page,
    "conversations.json",
    JSON.stringify([chatGptConversation("rivers"), { mapping: {} }]),
  );
  await expect(report(page)).toContainText("1 imported · 1 left out");
  await expect(report(page)).toContainText("Number 2: no messages");
  await importFile(page, "conversations-000.json", JSON.stringify([chatGptConversation("rivers")]));
  await expect(report(page)).toContainText("1 already there");
  await importFile(page, "holiday.zip", "PK\u0003\u0004 broken");
  await expect(report(page)).toContainText("The zip is damaged");
  await expectAccessible(page);

  await page.getByRole("link", { name: /Talk rivers/ }).click();
  await expect(page.getByRole("log")).toContainText("First answer");
  const menu = page.getByRole("button", { name: "Share or export this chat" });
  const save = (name: string) => async () => {
    await menu.click();
    await page.getByRole("menuitem", { name }).click();
  };
  const markdown = await download(page, save("Export as Markdown"));
  expect(markdown.name).toMatch(/^2023-11-14-Talk-rivers-\w+\.md$/);
  expect(markdown.bytes.toString()).toContain("# Talk rivers\n\n## You");
  const json = await download(page, save("Export as JSON"));
  expect(JSON.parse(json.bytes.toString())).toMatchObject({ format: "aigateway.chat", version: 1 });
  await send(page, "And which is the longest?");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });

  await page.goto(`${product.url}/settings/data`);
  const account = await download(page, () => page.getByRole("link", { name: "Download export" }).click());
  expect(account.name).toMatch(/^aigateway-\d{4}-\d\d-\d\d\.zip$/);

  await page.getByRole("button", { name: "Delete all chats" }).click();
  const question = page.getByRole("alertdialog");
  await question.getByRole("textbox").fill("delete all chats");
  await question.getByRole("button", { name: "Delete all chats" }).click();
  await expect(page.getByText("No chats yet")).toBeVisible();
  await importFile(page, account.name, account.bytes);
  await expect(report(page)).toContainText("1 brought back");
});

test("the language is switched in the settings, and stays", async ({ page, product }) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/settings`);
  await expectAccessible(page);
  await page.getByRole("combobox", { name: "Language" }).selectOption("zh-CN");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("设置");
  await page.getByRole("link", { name: "数据" }).click();
  await expect(page.getByRole("heading", { name: "导入对话" })).toBeVisible();
  await page.goto(`${product.url}/settings/general`);
  await page.getByRole("combobox", { name: "语言" }).selectOption("en");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
});
