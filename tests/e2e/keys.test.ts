import { expect } from "@playwright/test";
import { callWith } from "./call-with.ts";
import { signUp, test } from "./product.ts";

test("a key with limits is created, shown with what is left, changed, and held to them", async ({
  page,
  product,
}) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/keys`);
  await page.getByRole("button", { name: "Create key" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("limited");
  await dialog.getByText("Limits", { exact: true }).click();
  await dialog.getByLabel("Models").fill("other/*");
  await dialog.getByLabel("Requests per minute").fill("2");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByLabel("Models")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Models").fill("moonshot/*");
  await dialog.getByRole("button", { name: "Create key" }).click();
  const apiKey = await page
    .getByText(/^sk-aig-[0-9A-Za-z]{40}$/)
    .first()
    .innerText();
  await page.getByRole("button", { name: "I have stored the key" }).click();
  await expect(page.getByRole("region", { name: "Keys", exact: true })).toContainText("moonshot/*");
  const statuses = [];
  for (let call = 0; call < 3; call += 1) statuses.push(await callWith(product.url, apiKey));
  expect(statuses).toEqual([200, 200, 429]);

  await page.getByRole("button", { name: "Change, rotate or disable the key limited" }).click();
  await page.getByRole("menuitem", { name: /Change/ }).click();
  await page.getByRole("dialog").getByLabel("Requests per minute").fill("3");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await callWith(product.url, apiKey)).toBe(200);
});

test("a key is switched off, refused, and switched on again; its month and the ways to use it are shown", async ({
  page,
  product,
}) => {
  const { apiKey } = await signUp(page, product.url);
  expect(await callWith(product.url, apiKey)).toBe(200);
  await page.goto(`${product.url}/keys`);
  const table = page.getByRole("region", { name: "Keys", exact: true });
  await expect(table).toContainText("1 request");
  const menu = page.getByRole("button", { name: /Change, rotate or disable the key/ });
  await menu.click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await expect(table).toContainText("Disabled");
  expect(await callWith(product.url, apiKey)).toBe(403);
  await menu.click();
  await page.getByRole("menuitem", { name: "Enable" }).click();
  await expect(table).not.toContainText("Disabled");
  expect(await callWith(product.url, apiKey)).toBe(200);

  await page.getByRole("button", { name: "Create key" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill("snippets");
  await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
  await page.getByRole("tab", { name: "Cline" }).click();
  await expect(page.getByRole("tabpanel")).toContainText(`${product.url}/v1`);
  await page.getByRole("button", { name: "I have stored the key" }).click();
});

test("after a rotation the old key works until the new one is first used", async ({ page, product }) => {
  const { apiKey: old } = await signUp(page, product.url);
  await page.goto(`${product.url}/keys`);
  await page
    .getByRole("button", { name: /Change, rotate or disable the key/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: /Rotate/ }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /Rotate/ })
    .click();
  const fresh = await page
    .getByText(/^sk-aig-[0-9A-Za-z]{40}$/)
    .first()
    .innerText();
  expect(fresh).not.toBe(old);
  expect(await callWith(product.url, old)).toBe(200);
  expect(await callWith(product.url, fresh)).toBe(200);
  expect(await callWith(product.url, old)).toBe(401);
});

test("an account's budget refuses what it cannot cover", async ({ page, product }) => {
  const { apiKey } = await signUp(page, product.url);
  await page.goto(`${product.url}/keys`);
  await page.getByLabel("Monthly budget in dollars").fill("0.0001");
  await page.getByRole("button", { name: "Set budget" }).click();
  await expect.poll(() => callWith(product.url, apiKey)).toBe(402);
});
