import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { password, send, signUp, signUpOnPage, status, test } from "./product.ts";

const run = promisify(execFile);

test("sign up, paste the curl, chat with thinking, reload in mid-answer, stop, and find it all on the usage page", async ({
  page,
  product,
  browser,
  watched,
}) => {
  const openedAt = Date.now();
  const { email, apiKey } = await signUpOnPage(page, product.url);
  const curl = await page.locator("pre", { hasText: "curl " }).first().innerText();
  expect(curl).toContain(apiKey);
  const { stdout } = await run("sh", ["-c", curl]);
  const completion = JSON.parse(stdout);
  expect(completion.choices[0].message.content.length).toBeGreaterThan(0);
  expect(completion.choices[0].message.reasoning_content.length).toBeGreaterThan(0);
  expect(Date.now() - openedAt).toBeLessThan(30_000);

  await page.goto(`${product.url}/chat`);
  await send(page, "Count to 200");
  const thinking = page.getByRole("button", { name: /^Thinking…/ });
  await expect(thinking).toHaveAttribute("aria-expanded", "true");
  await expect(page).toHaveURL(/\/chat\/chat_/);
  const thought = page.getByRole("button", { name: /^Thought for \d/ });
  await expect(thought).toHaveAttribute("aria-expanded", "false");
  const label = await thought.innerText();

  await expect(page.getByRole("log")).toContainText(/\b12\b/);
  await page.reload();
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
  await expect(page.getByRole("log")).toContainText(/\b60\b/, { timeout: 30_000 });
  await expect(page.getByRole("button", { name: /^Thought for \d/ })).toHaveText(label);

  const text = await page.getByRole("log").innerText();
  const counted = Array.from({ length: 60 }, (_, index) => index + 1);
  const missingOrDoubled = counted.filter(
    (n) => (text.match(new RegExp(`(?<![\\d.])${n}(?![\\d])`, "g")) ?? []).length === 0,
  );
  expect(missingOrDoubled).toEqual([]);

  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("Stopped", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
  await expect(page.getByRole("button", { name: /Receipt/ })).toBeVisible();
  const chatUrl = page.url();

  await page.goto(`${product.url}/usage`);
  await expect(page.getByText(/98 of 100/).first()).toBeVisible();
  await page.goto(`${product.url}/usage/requests`);
  const rows = page.getByRole("region", { name: "Requests" }).getByRole("row");
  const from = (source: string) =>
    rows.filter({ has: page.getByRole("cell", { name: source, exact: true }) });
  await expect(from("Chat")).toHaveCount(1);
  await expect(from("API")).toHaveCount(1);

  const elsewhere = await browser.newContext();
  const second = await watched(elsewhere);
  await second.goto(chatUrl);
  await second.waitForURL("**/signin?next=*");
  await second.getByLabel("E-mail").fill(email);
  await second.getByLabel("Password", { exact: true }).fill(password);
  await second.getByRole("button", { name: "Sign in" }).click();
  await second.waitForURL(chatUrl);
  await expect(second.getByRole("log")).toContainText(/\b60\b/);
  await expect(second.getByRole("button", { name: /^Thought for \d/ })).toHaveText(label);
  await elsewhere.close();
});

test("a second tab shows the same answer as it is written", async ({ page, product, context, watched }) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await send(page, "Count to 100");
  await expect(page).toHaveURL(/\/chat\/chat_/);
  const second = await watched(context);
  await second.goto(page.url());
  for (const tab of [page, second]) await expect(status(tab)).toHaveText("Answer ready", { timeout: 30_000 });
  const answer = (tab: typeof page) => tab.getByRole("log").locator(".markdown, p, li").allInnerTexts();
  expect(await answer(second)).toEqual(await answer(page));
});

test("kill -9 in mid-answer leaves the partial answer, interrupted, with Continue and Retry", async ({
  page,
  product,
}) => {
  const { apiKey } = await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await send(page, "Count to 200");
  await expect(page.getByRole("log")).toContainText(/\b20\b/, { timeout: 20_000 });
  await product.killAndRestart();
  await page.reload();
  await expect(page.getByText("Interrupted", { exact: true }).first()).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole("log")).toContainText(/\b15\b/);
  await expect(page.getByRole("button", { name: "Retry" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("log")).toContainText(/\b120\b/, { timeout: 30_000 });
  await page.getByRole("button", { name: "Stop" }).click();

  const models = await fetch(`${product.url}/v1/models`, { headers: { authorization: `Bearer ${apiKey}` } });
  expect(models.status).toBe(200);
  await page.goto(`${product.url}/usage/requests`);
  await expect(page.getByText(/interrupted/i).first()).toBeVisible();
});
