import { expect } from "@playwright/test";
import { callWith } from "./call-with.ts";
import { expectAccessible, password, signInAsAdmin, signUp, test } from "./product.ts";

test("a disabled account's key and chat are refused and say why, until it is enabled", async ({
  browser,
  page,
  product,
  watched,
}) => {
  const { email, apiKey } = await signUp(page, product.url);
  expect(await callWith(product.url, apiKey)).toBe(200);

  const context = await browser.newContext();
  await signInAsAdmin(context, product.url);
  const admin = await watched(context);
  await admin.goto(`${product.url}/chat`);
  await admin.getByRole("link", { name: "Admin" }).click();
  await admin.getByRole("searchbox", { name: "Search" }).fill(email);
  await admin.getByRole("button", { name: "Show" }).click();
  await admin.getByRole("link", { name: email }).click();
  await admin.getByRole("button", { name: "Disable" }).click();
  await admin.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
  await expect(admin.getByText("Disabled", { exact: true })).toBeVisible();

  expect(await callWith(product.url, apiKey)).toBe(401);
  const refused = await page.request.get(`${product.url}/v1/models`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  expect((await refused.json()).error.message).toContain("disabled");
  await page.goto(`${product.url}/chat`);
  await expect(page).toHaveURL(/\/signin/);

  await admin.getByRole("button", { name: "Enable" }).click();
  await expect(admin.getByText("Active", { exact: true })).toBeVisible();
  expect(await callWith(product.url, apiKey)).toBe(200);
  await admin.goto(`${product.url}/admin/audit?account=${encodeURIComponent(email)}&action=account.disabled`);
  await expect(admin.getByRole("row").nth(1)).toContainText("admin@example.com");
  await context.close();
});

test("an account changes its password, ends a browser it does not know, and deletes itself", async ({
  browser,
  page,
  product,
}) => {
  const { email, apiKey } = await signUp(page, product.url);
  const elsewhere = await browser.newContext();
  const signIn = (secret: string) =>
    elsewhere.request.post(`${product.url}/api/signin`, { data: { email, password: secret } });
  expect((await signIn(password)).status()).toBe(204);

  await page.goto(`${product.url}/settings/account`);
  const browsers = page.getByRole("region", { name: "Signed-in browsers" });
  await expect(browsers.getByRole("listitem")).toHaveCount(2);
  await page.getByLabel("Current password").fill("not my password");
  await page.getByLabel("New password").fill("another private sentence");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("This is not your password.")).toBeVisible();
  await page.getByLabel("Current password").fill(password);
  await page.getByLabel("New password").fill("another private sentence");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(browsers.getByRole("listitem")).toHaveCount(1);
  expect((await elsewhere.request.get(`${product.url}/api/keys`)).status()).toBe(401);
  expect((await signIn(password)).status()).toBe(401);
  expect((await signIn("another private sentence")).status()).toBe(204);

  await page.getByRole("button", { name: "Delete account" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(`Type ${email} to confirm`).fill(email);
  await dialog.getByLabel("Your password").fill("another private sentence");
  await dialog.getByRole("button", { name: "Delete account" }).click();
  await page.waitForURL(`${product.url}/`);
  expect(await callWith(product.url, apiKey)).toBe(401);
  expect((await signIn("another private sentence")).status()).toBe(401);
  await elsewhere.close();
});

test("a price set now is charged from its moment on, and what was charged before stays", async ({
  browser,
  page,
  product,
  watched,
}) => {
  const { apiKey } = await signUp(page, product.url);
  const authorization = { authorization: `Bearer ${apiKey}` };
  const charge = async () => {
    const answer = await page.request.post(`${product.url}/v1/chat/completions`, {
      headers: authorization,
      data: { model: "moonshot/kimi-k2.6", messages: [{ role: "user", content: "Hello" }], max_tokens: 5 },
    });
    expect(answer.status()).toBe(200);
    return answer.headers()["x-request-id"] ?? "";
  };
  const recordOf = async (id: string) =>
    (await page.request.get(`${product.url}/v1/requests/${id}`, { headers: authorization })).json();
  const inputPrice = async () => {
    const listed = await page.request.get(`${product.url}/v1/models`, { headers: authorization });
    return (await listed.json()).data[0].pricing_nano_usd.input;
  };
  const first = await charge();
  const before = await recordOf(first);

  const context = await browser.newContext();
  await signInAsAdmin(context, product.url);
  const admin = await watched(context);
  await admin.goto(`${product.url}/admin/prices`);
  const set = async (input: string, cached: string, output: string) => {
    await admin.getByLabel("Input, $ per million", { exact: true }).fill(input);
    await admin.getByLabel("Cached input, $ per million").fill(cached);
    await admin.getByLabel("Output, $ per million").fill(output);
    await admin.getByRole("button", { name: "Set prices" }).click();
  };
  await set("1.9001", "0.19", "8");
  await expect(admin.getByText(/three decimals at most/)).toBeVisible();
  await set("1.9", "0.19", "8");
  await expect(admin.getByText("To come")).toBeVisible();
  await expect.poll(inputPrice).toBe(1900);

  const after = await recordOf(await charge());
  expect(after.prices_nano_usd).toEqual({ input: 1900, cached_input: 190, output: 8000 });
  const { usage } = after;
  const fresh = usage.prompt_tokens - usage.cached_tokens;
  const expected = fresh * 1900 + usage.cached_tokens * 190 + usage.completion_tokens * 8000;
  expect(Number(after.cost_nano_usd)).toBe(expected);
  expect(await recordOf(first)).toEqual(before);

  // As the catalog has it, for the journeys that come after.
  await set("0.95", "0.095", "4");
  await expect.poll(inputPrice).toBe(950);
  await context.close();
});

test("an installation is reconciled from the page, drift found and repaired, and its usage, requests and system are shown", async ({
  browser,
  page,
  product,
  watched,
}) => {
  const context = await browser.newContext();
  await signInAsAdmin(context, product.url);
  const admin = await watched(context);
  const { email, apiKey } = await signUp(page, product.url);
  expect(await callWith(product.url, apiKey)).toBe(200);

  await admin.goto(`${product.url}/admin/reconcile`);
  await admin.getByRole("button", { name: "Check", exact: true }).click();
  await expect(admin.getByRole("heading", { name: "All agrees", exact: true })).toBeVisible();
  await product.query(
    `UPDATE usage_quarters SET cost_nano_usd = cost_nano_usd + 7
     WHERE account_id = (SELECT id FROM accounts WHERE email = $1)`,
    [email],
  );
  await admin.getByRole("button", { name: "Check", exact: true }).click();
  await expect(admin.getByRole("heading", { name: "There are differences" })).toBeVisible();
  await admin.getByRole("button", { name: "Repair" }).click();
  await admin.getByRole("alertdialog").getByRole("button", { name: "Repair" }).click();
  await expect(admin.getByRole("heading", { name: "All agrees after the repair" })).toBeVisible();
  await admin.getByRole("button", { name: "Check", exact: true }).click();
  await expect(admin.getByRole("heading", { name: "All agrees", exact: true })).toBeVisible();
  for (const [tab, text] of [
    ["Accounts", "admin@example.com"],
    ["Usage", "Usage of all accounts"],
    ["Requests", email],
    ["Prices", "Set prices"],
    ["Upstreams", "offline"],
    ["Settings", "TRIAL_REQUESTS_PER_DAY"],
    ["System", "Pages and /v1"],
    ["Audit log", "usage.reconcile_started"],
  ] as const) {
    await admin.getByRole("navigation", { name: "Admin" }).getByRole("link", { name: tab }).click();
    await expect(admin.getByRole("main").getByText(text).filter({ visible: true }).first()).toBeVisible();
    await expectAccessible(admin, tab);
    await admin.setViewportSize({ width: 390, height: 844 });
    const overflow = await admin.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, tab).toBe(0);
    await admin.setViewportSize({ width: 1280, height: 844 });
  }
  await context.close();
});
