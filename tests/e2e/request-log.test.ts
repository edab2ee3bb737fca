import { expect } from "@playwright/test";
import { callWith } from "./call-with.ts";
import { signUp, test } from "./product.ts";

test("a request is found, opened over the log and by its own address, and tells its way, cost and headers", async ({
  page,
  product,
  playwright,
}) => {
  const { apiKey } = await signUp(page, product.url);
  const answer = await page.request.post(`${product.url}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${apiKey}`, "x-aig-tag": "journey" },
    data: {
      model: "moonshot/kimi-k2.6",
      temperature: 0.2,
      messages: [{ role: "user", content: "What is 2 + 2?" }],
    },
  });
  const requestId = answer.headers()["x-request-id"] ?? "";
  expect(await callWith(product.url, apiKey)).toBe(200);

  await page.goto(`${product.url}/usage/requests`);
  const rows = page.getByRole("region", { name: "Requests", exact: true }).getByRole("row");
  await expect(rows).toHaveCount(3);
  // Drawn by the browser alone, so the page is alive from then on.
  await expect(page.locator("svg.recharts-surface").first()).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Request" });
  await expect(sheet.getByText("journey")).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/usage/requests/${requestId}`));
  await expect(sheet.getByText("offline answered")).toBeVisible();
  await expect(sheet.getByText(/temperature is fixed/)).toBeVisible();
  const record = await page.request.get(`${product.url}/v1/requests/${requestId}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const dollars = (Number((await record.json()).cost_nano_usd) / 1e9).toFixed(9);
  await expect(sheet.getByRole("row", { name: "Cost" })).toContainText(`$${dollars}`);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(page).toHaveURL(/\/usage\/requests$/);
  await expect(rows.nth(2).getByRole("link")).toBeFocused();

  await page.getByRole("textbox", { name: "Request id" }).fill(requestId);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`id=${requestId}`));
  await expect(rows).toHaveCount(2);
  await page.goto(`${product.url}/usage/requests/${requestId}`);
  await expect(page.getByRole("heading", { name: "Timeline" })).toBeVisible();

  const stranger = await playwright.request.newContext({ baseURL: product.url });
  const joined = {
    email: `log-stranger-${process.pid}@example.com`,
    password: "a long and private sentence",
  };
  await stranger.post("/api/signup", { data: joined });
  await stranger.post("/api/signin", { data: joined });
  expect((await stranger.get(`/usage/requests/${requestId}`)).status()).toBe(404);
});

test("the log shows requests as they come, and lets them wait while the person reads on", async ({
  page,
  product,
}) => {
  const { apiKey } = await signUp(page, product.url);
  await page.goto(`${product.url}/usage/requests`);
  await page.getByRole("switch", { name: "Live" }).click();
  await expect(page.getByText("Waiting for requests")).toBeVisible();
  expect(await callWith(product.url, apiKey)).toBe(200);
  const rows = page.getByRole("region", { name: "Requests", exact: true }).getByRole("row");
  await expect(rows).toHaveCount(2);

  await page.setViewportSize({ width: 1280, height: 420 });
  for (let call = 0; call < 9; call += 1) expect(await callWith(product.url, apiKey)).toBe(200);
  await expect(rows).toHaveCount(11);
  await rows.last().scrollIntoViewIfNeeded();
  expect(await callWith(product.url, apiKey)).toBe(200);
  await page.getByRole("button", { name: "1 new request" }).click();
  await expect(rows).toHaveCount(12);
});

test("a log that is followed asks nothing while its page is hidden, and catches up once it is seen", async ({
  page,
  product,
}) => {
  const { apiKey } = await signUp(page, product.url);
  await page.clock.install();
  await page.goto(`${product.url}/usage/requests`);
  await page.getByRole("switch", { name: "Live" }).click();
  await expect(page.getByText("Waiting for requests")).toBeVisible();
  const show = (state: DocumentVisibilityState) =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => visibility });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await show("hidden");
  // The question that was under way ends.
  await page.clock.runFor(5_000);
  await page.waitForLoadState("networkidle");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  expect(await callWith(product.url, apiKey)).toBe(200);
  await page.clock.runFor(60_000);
  expect(asked.filter((url) => url.includes("/tail"))).toEqual([]);
  await show("visible");
  await expect(page.getByRole("region", { name: "Requests", exact: true }).getByRole("row")).toHaveCount(2);
});
