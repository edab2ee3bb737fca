import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { callWith } from "./call-with.ts";
import { expectAccessible, signUp, test } from "./product.ts";

test("usage is filtered, drilled into and exported, and all of it tells of the same requests", async ({
  page,
  product,
}) => {
  const { apiKey } = await signUp(page, product.url);
  for (let call = 0; call < 3; call += 1) expect(await callWith(product.url, apiKey)).toBe(200);

  await page.goto(`${product.url}/usage`);
  await page.getByRole("link", { name: "Key", exact: true }).click();
  await expect(page).toHaveURL(/by=key/);
  await page.getByRole("button", { name: "Source" }).click();
  await page.getByRole("menuitem", { name: "API" }).click();
  await expect(page).toHaveURL(/source=api/);
  const table = page.getByRole("region", { name: "By Key" });
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table.getByRole("cell", { name: "3", exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Table", exact: true }).first().click();
  await expect(page.getByRole("region", { name: /, as a table$/ })).toBeVisible();
  await expectAccessible(page);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download Every request as CSV" }).click();
  const lines = (await readFile(await (await download).path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(4);
  expect(lines[0]).toContain("cost_nano_usd,cost_usd");

  await table.getByRole("row").nth(1).getByRole("link").click();
  await expect(page).toHaveURL(/\/usage\/requests\?.*source=api.*key=/);
  const rows = page.getByRole("region", { name: "Requests", exact: true }).getByRole("row");
  await expect(rows).toHaveCount(4);

  await page.goto(`${product.url}/usage?source=chat`);
  await page.getByRole("link", { name: /No longer filter by Source/ }).click();
  await expect(page).toHaveURL(/\/usage$/);
});
