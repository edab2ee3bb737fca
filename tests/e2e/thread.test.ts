import { expect } from "@playwright/test";
import { type MockUpstream, startMockUpstream } from "#tests/support/mock-upstream.ts";
import { paced } from "#tests/support/paced-answer.ts";
import { Product, send, signUp, status, test } from "./product.ts";

let product: Product;
let upstream: MockUpstream;

test.beforeAll(async () => {
  upstream = await startMockUpstream();
  product = await Product.start({ UPSTREAM_BASE_URL: upstream.url, UPSTREAM_API_KEY: "none" });
});
test.afterAll(async () => {
  await product.stop();
  await upstream.close();
});

test("formulas and diagrams are drawn under the content policy, a broken diagram stays code, money stays money", async ({
  page,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const text =
    "$5 and $10, \\(x^2\\)\n\n```mermaid\ngraph TD\n  A --> B\n```\n\n```mermaid\nno diagram\n```\n\n![x](https://elsewhere.example/x.png)";
  upstream.script(paced({ thinking: "Hm.", text }));
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await send(page, "Draw");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  const answer = page.locator("article[data-role=assistant]");
  await expect(answer.locator(".katex")).toHaveCount(1);
  await expect(answer).toContainText("$5 and $10");
  await expect(answer).toContainText("This diagram cannot be drawn");
  await answer.getByRole("button", { name: "Enlarge: Diagram" }).click();
  await expect(page.getByRole("dialog", { name: "Diagram" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(asked.filter((url) => !url.startsWith(product.url) && !url.startsWith("data:"))).toEqual([]);
});

test("a reply that ran out of tokens while thinking is gone on with instead of being empty", async ({
  page,
}) => {
  upstream.script(
    paced({ thinking: "Long thoughts.", finishReason: "length" }),
    paced({ thinking: "Now.", text: "The answer." }),
  );
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await send(page, "Think");
  await expect(page.getByText("It ran out of tokens while thinking")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("log")).toContainText("The answer.", { timeout: 30_000 });
  await expect(page.locator("article[data-role=assistant]")).toHaveCount(1);
});

test("a selection is quoted into the message, and the chat's cost and context are told", async ({ page }) => {
  const usage = { prompt_tokens: 100_000, completion_tokens: 1_000 };
  upstream.script(paced({ text: "One sentence to quote.", usage }));
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await send(page, "Say something");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  await expect(page.getByRole("button", { name: /^Cost of this chat: \$0\.099/ })).toBeVisible();
  await page.getByRole("button", { name: /^Context 39% full/ }).click();
  await expect(page.getByRole("dialog")).toContainText("101,000 / 262,144");
  await page.keyboard.press("Escape");
  await page.locator("article[data-role=assistant] .markdown p").selectText();
  await page.getByRole("button", { name: "Quote" }).click();
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("> One sentence to quote.\n\n");
});

test("the page follows the answer only until the reader scrolls up, and again after the jump", async ({
  page,
}) => {
  const gate = Promise.withResolvers<void>();
  const text = Array.from({ length: 120 }, (_, line) => `Line ${line}.`).join("\n\n");
  upstream.script(paced({ text, beforePiece: (piece) => (piece === 200 ? gate.promise : undefined) }));
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await send(page, "Count");
  await expect(page.getByText("Line 79.", { exact: true })).toBeInViewport({ timeout: 30_000 });
  await page.getByRole("log").hover();
  await page.mouse.wheel(0, -400);
  const jump = page.getByRole("button", { name: "Jump to the latest" });
  await expect(jump).toBeVisible();
  gate.resolve();
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  await expect(page.getByText("Line 119.", { exact: true })).not.toBeInViewport();
  await jump.click();
  await expect(page.getByText("Line 119.", { exact: true })).toBeInViewport();
  await expect(jump).toHaveCount(0);
});
