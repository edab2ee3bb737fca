import { expect } from "@playwright/test";
import { signUp, test } from "./product.ts";

test("a body that is kept is read in the log, replayed in the playground, metered there, and deleted", async ({
  page,
  product,
}) => {
  const { apiKey } = await signUp(page, product.url);
  const call = (content: string) =>
    page.request.post(`${product.url}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${apiKey}` },
      data: { model: "moonshot/kimi-k2.6", messages: [{ role: "user", content }] },
    });
  const unkept = (await call("What is 3 + 3?")).headers()["x-request-id"];
  await page.goto(`${product.url}/settings/data`);
  const saved = page.waitForResponse((response) => response.url().endsWith("/api/usage/bodies"));
  await page.getByRole("combobox", { name: "Keep bodies" }).selectOption("7");
  expect((await saved).status()).toBe(200);
  const kept = (await call("What is 20 + 22?")).headers()["x-request-id"];

  await page.goto(`${product.url}/usage/requests/${unkept}`);
  await expect(page.getByText("Nothing is kept of this request.")).toBeVisible();
  await page.goto(`${product.url}/usage/requests/${kept}`);
  await expect(page.getByText('"content": "What is 20 + 22?"')).toBeVisible();

  await page.getByRole("link", { name: "Replay in the playground" }).click();
  await expect(page.getByRole("textbox", { name: "Message 1" })).toHaveValue("What is 20 + 22?");
  await page.getByRole("checkbox", { name: "Stream" }).check();
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("region", { name: "Answer text" })).toContainText("42");
  const figures = page.getByRole("region", { name: "Figures" });
  await expect(figures).toContainText("Chat");
  await expect(figures).toContainText(/Cost\$0\.\d+/);
  await figures.getByRole("link", { name: "Open in the request log" }).click();
  await expect(page.getByText("playground", { exact: true })).toBeVisible();

  await page.goto(`${product.url}/usage/requests/${kept}`);
  await page.getByRole("button", { name: "Delete now" }).click();
  await expect(page.getByText("Nothing is kept of this request.")).toBeVisible();
});
