import { expect, type Page } from "@playwright/test";
import {
  startHttpApi,
  startMcpServer,
  startOAuthMcpServer,
  type ToolServer,
} from "#tests/support/tool-servers.ts";
import { Product, send, signUp, status, test } from "./product.ts";

let product: Product;
let mcp: ToolServer;
let api: ToolServer;

test.beforeAll(async () => {
  [product, mcp, api] = await Promise.all([
    Product.start({ ALLOW_PRIVATE_TOOL_ADDRESSES: "true" }),
    startMcpServer(),
    startHttpApi(),
  ]);
});
test.afterAll(async () => {
  await Promise.all([product.stop(), mcp.close(), api.close()]);
});

function card(page: Page, tool: string) {
  return page.locator(`[data-tool=${tool}]`);
}

async function addSource(
  page: Page,
  kind: "MCP server" | "HTTP API",
  name: string,
  url: string,
): Promise<void> {
  await page.getByRole("button", { name: "Add tools" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: kind }).check();
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel(/^Address of/).fill(url);
  await dialog.getByRole("radio", { name: "By a header" }).check();
  await dialog.getByLabel("Its value").fill("Bearer open sesame");
  await dialog.getByRole("button", { name: "Add and check" }).click();
  await expect(page.getByRole("region", { name })).toBeVisible();
}

test("a calculation is made by a tool, whose card opens to the exact result, also after a reload", async ({
  page,
}) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await send(page, "What is (17.5 * 12) / 3^2?");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  await page.reload();
  await expect(card(page, "calculator")).toHaveAttribute("data-state", "done");
  await page.getByRole("button", { name: /^Calculating/ }).click();
  await expect(card(page, "calculator")).toContainText("= 70/3");
  await card(page, "calculator").getByRole("button", { name: "Raw" }).click();
  await expect(card(page, "calculator")).toContainText('"expression"');
});

test("a tool of an MCP server asks, also after a reload; denied and allowed go on in the same message", async ({
  page,
}) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/settings/tools`);
  await addSource(page, "MCP server", "Orchard", mcp.url);
  for (const decision of ["Allow once", "Deny"]) {
    await page.goto(`${product.url}/chat`);
    await send(page, "Use orchard count for the North");
    const asked = card(page, "Orchard__orchard_count");
    await expect(asked).toHaveAttribute("data-state", "asking", { timeout: 30_000 });
    await page.reload();
    await asked.getByRole("button", { name: decision }).click();
    if (decision === "Deny") {
      await asked.getByLabel("Reason (optional)").fill("Not today");
      await asked.getByRole("button", { name: "Deny with this reason" }).click();
    }
    await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
    await expect(asked).toHaveAttribute("data-state", decision === "Deny" ? "denied" : "done");
    await expect(page.getByRole("log")).toContainText(decision === "Deny" ? "Not today" : "42 apples");
    await expect(page.locator("article[data-role=assistant]")).toHaveCount(1);
  }
});

test("a source that refuses is told in the settings, and one that is switched off stays so", async ({
  page,
}) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/settings/tools`);
  const answer = await page.request.post(`${product.url}/api/tools/sources`, {
    data: { kind: "mcp", name: "Locked", url: mcp.url },
  });
  expect(answer.status()).toBe(201);
  await page.reload();
  await expect(page.getByRole("alert").filter({ hasText: "refused access" })).toBeVisible();
  const calculator = page.getByRole("switch", { name: "Use Calculator" });
  await calculator.click();
  await expect(calculator).not.toBeChecked();
  await page.reload();
  await expect(calculator).not.toBeChecked();
  const stranger = await page.context().browser()?.newContext();
  const other = await stranger?.newPage();
  if (!stranger || !other) throw new Error("There is no browser.");
  await signUp(other, product.url);
  const { source } = await answer.json();
  for (const [method, path] of [
    ["PATCH", source.id],
    ["DELETE", source.id],
    ["POST", `${source.id}/check`],
  ]) {
    const data = method === "PATCH" ? { enabled: false } : {};
    const refused = await other.request.fetch(`${product.url}/api/tools/sources/${path}`, { method, data });
    expect(refused.status()).toBe(404);
  }
  await stranger.close();
});

test("an MCP server that wants a sign-in gets one in the browser, and its tools come with it", async ({
  page,
}) => {
  const guarded = await startOAuthMcpServer();
  await signUp(page, product.url);
  await page.goto(`${product.url}/settings/tools`);
  await page.getByRole("button", { name: "Add tools" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("Guarded");
  await dialog.getByLabel(/^Address of/).fill(guarded.url);
  await dialog.getByRole("button", { name: "Add and check" }).click();
  const source = page.getByRole("region", { name: "Guarded" });
  await expect(source.getByRole("alert")).toContainText("wants you to sign in");
  await source.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("status").filter({ hasText: "You are signed in at the server" })).toBeVisible();
  await expect(source).toContainText("2 tools");
  await guarded.close();
});

// Last: the server starts again without the setting that lets it reach the test's servers.
test("kill -9 while a tool runs leaves it interrupted, and Continue goes on", async ({ page }) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/settings/tools`);
  await addSource(page, "HTTP API", "Garden", api.url);
  await page.getByLabel("When Ripen the melon asks").selectOption("Never ask");
  await page.goto(`${product.url}/chat`);
  await send(page, "ripenMelon: ripen the melon");
  const melon = card(page, "Garden__ripenMelon");
  await expect(melon).toHaveAttribute("data-state", "running", { timeout: 30_000 });
  await expect.poll(() => api.authorizations.length).toBeGreaterThan(0);
  await product.killAndRestart();
  await page.reload();
  await expect(melon).toHaveAttribute("data-state", "interrupted", { timeout: 15_000 });
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
});
