import { expect } from "@playwright/test";
import { callWith } from "./call-with.ts";
import { password, signUp, signUpOnPage, test } from "./product.ts";

test("faults are shown beside their fields and the typed e-mail survives", async ({ page, product }) => {
  await page.goto(`${product.url}/signup`);
  await page.getByLabel("E-mail").fill("someone@example.com");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  const passwordField = page.getByLabel("Password", { exact: true });
  await expect(passwordField).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("E-mail")).toHaveValue("someone@example.com");
});

test("the key is shown once", async ({ page, product }) => {
  const { apiKey } = await signUpOnPage(page, product.url);
  await page.reload();
  await expect(page.getByText(apiKey)).toHaveCount(0);
  await expect(page.getByRole("link", { name: /keys/i }).first()).toBeVisible();
});

test("a key that is created works, and is refused within 5 s of being revoked", async ({ page, product }) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/keys`);
  await page.getByRole("button", { name: "Create key" }).first().click();
  await page.getByLabel("Name").fill("build server");
  await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
  const apiKey = await page
    .getByText(/^sk-aig-[0-9A-Za-z]{40}$/)
    .first()
    .innerText();
  expect(await callWith(product.url, apiKey)).toBe(200);
  await page.getByRole("button", { name: "I have stored the key" }).click();
  await page.getByRole("button", { name: /Revoke.*build server/ }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /Revoke/ })
    .click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  const revokedAt = Date.now();
  await expect.poll(() => callWith(product.url, apiKey)).toBe(401);
  expect(Date.now() - revokedAt).toBeLessThan(5_000);
});

test("signing out everywhere ends the other browsers' sessions", async ({
  page,
  product,
  browser,
  watched,
}) => {
  const { email } = await signUp(page, product.url);
  const elsewhere = await browser.newContext();
  const second = await watched(elsewhere);
  await second.goto(`${product.url}/signin`);
  await second.getByLabel("E-mail").fill(email);
  await second.getByLabel("Password", { exact: true }).fill(password);
  await second.getByRole("button", { name: "Sign in" }).click();
  await second.waitForURL("**/chat");
  await page.goto(`${product.url}/keys`);
  await page.getByRole("button", { name: new RegExp(email) }).click();
  await page.getByRole("menuitem", { name: /everywhere/ }).click();
  const confirm = page.getByRole("alertdialog").getByRole("button", { name: /Sign out/ });
  await confirm.click();
  await page.waitForURL(/signin|\/$/);
  await second.goto(`${product.url}/keys`);
  await second.waitForURL("**/signin?next=*");
  await elsewhere.close();
});

test("pages send a content security policy, and cookies that work on plain http", async ({
  page,
  product,
  context,
}) => {
  await signUp(page, product.url);
  const answer = await page.goto(`${product.url}/keys`);
  expect(answer?.headers()["content-security-policy"]).toMatch(/script-src 'self' 'nonce-/);
  const session = (await context.cookies()).find((cookie) => cookie.name.includes("session"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", secure: false });
});
