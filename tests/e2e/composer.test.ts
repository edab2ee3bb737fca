import { expect, type Page } from "@playwright/test";
import { type MockUpstream, startMockUpstream } from "#tests/support/mock-upstream.ts";
import { paced } from "#tests/support/paced-answer.ts";
import { Product, password, send, signUp, status, test } from "./product.ts";

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

const ready = (page: Page) => expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
const asked = (page: Page) => page.locator("article[data-role=user]");

async function openChat(page: Page): Promise<string> {
  const { email } = await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  return email;
}

test("options set before the first message reach the upstream, stay with the chat, and JSON is shown as code", async ({
  page,
}) => {
  upstream.script(paced({ text: '{"port":"Hamburg","ships":[1,2]}' }));
  await openChat(page);
  await page.getByRole("switch", { name: "Thinking" }).click();
  await page.getByRole("textbox", { name: "Message" }).fill("Where");
  await page.getByRole("button", { name: "Options of this chat" }).click();
  const dialog = page.getByRole("dialog", { name: "Options of this chat" });
  await dialog.getByLabel("System prompt").fill("Speak as a sailor.");
  await dialog.getByLabel(/Maximum answer length/).fill("many");
  await dialog.getByText("JSON", { exact: true }).click();
  await expect(dialog.getByRole("radio", { name: "JSON" })).toBeChecked();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText(/Give a whole number/)).toBeVisible();
  await dialog.getByLabel(/Maximum answer length/).fill("321");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("Where");
  await send(page, "Where?");
  await ready(page);
  expect(upstream.calls.at(-1)?.body).toMatchObject({
    thinking: { type: "disabled" },
    max_completion_tokens: 321,
    response_format: { type: "json_object" },
    messages: [
      { role: "system", content: expect.stringMatching(/^Speak as a sailor\./) },
      expect.objectContaining({ role: "user" }),
    ],
  });
  await expect(page.locator("figure.code-fence")).toContainText('"ships": [');
  await page.reload();
  await expect(page.getByRole("switch", { name: "Thinking" })).toHaveAttribute("aria-checked", "false");
  await page.getByRole("button", { name: "Options of this chat (some are set)" }).click();
  await expect(page.getByLabel("System prompt")).toHaveValue("Speak as a sailor.");
});

test("a message queued during an answer is edited, survives a reload, and is sent when the answer has ended", async ({
  page,
}) => {
  const gate = Promise.withResolvers<void>();
  const held = {
    text: "First answer, held.",
    beforePiece: (piece: number) => (piece === 2 ? gate.promise : undefined),
  };
  upstream.script(paced(held), paced({ text: "Second answer." }));
  await openChat(page);
  await send(page, "One");
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible();
  await expect(page).toHaveURL(/\/chat\/chat_/);
  await send(page, "Tow");
  const queue = page.getByRole("region", { name: "Queued messages" });
  await expect(queue.getByRole("listitem")).toHaveText([/^Tow/]);
  await queue.getByRole("button", { name: "Edit" }).click();
  await queue.getByRole("textbox").fill("Two");
  await page.keyboard.press("Enter");
  await page.reload();
  await expect(queue.getByRole("listitem")).toHaveText([/^Two/]);
  gate.resolve();
  await expect(page.getByRole("log")).toContainText("Second answer.", { timeout: 30_000 });
  await expect(asked(page)).toHaveText([/One/, /Two/]);
  await expect(queue).toHaveCount(0);
});

test("after a stop the queue waits for its person, who can send it", async ({ page }) => {
  const gate = Promise.withResolvers<void>();
  const held = {
    text: "Held answer.",
    beforePiece: (piece: number) => (piece === 1 ? gate.promise : undefined),
  };
  upstream.script(paced(held), paced({ text: "Later answer." }));
  await openChat(page);
  await send(page, "One");
  await expect(page).toHaveURL(/\/chat\/chat_/);
  await send(page, "Two");
  const queue = page.getByRole("region", { name: "Queued messages" });
  await expect(queue).toBeVisible();
  await page.getByRole("textbox", { name: "Message" }).press("Escape");
  await expect(page.getByText("Stopped", { exact: true }).first()).toBeVisible();
  gate.resolve();
  await expect(queue).toContainText("waits for you");
  await expect(asked(page)).toHaveCount(1);
  await queue.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("log")).toContainText("Later answer.", { timeout: 30_000 });
  await expect(queue).toHaveCount(0);
});

test("who was signed out signs in over the page, and the message goes; not into a stranger's account", async ({
  page,
  context,
  browser,
  watched,
}) => {
  upstream.script(paced({ text: "Before." }), paced({ text: "After." }));
  const elsewhere = await browser.newContext();
  const strangerPage = await watched(elsewhere);
  const { email: stranger } = await signUp(strangerPage, product.url);
  await elsewhere.close();

  const email = await openChat(page);
  await send(page, "One");
  await ready(page);
  await context.clearCookies();
  await send(page, "Two");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("You have been signed out");
  await dialog.getByLabel("E-mail").fill(stranger);
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Sign in and go on" }).click();
  await expect(dialog).toContainText(`You are signed in as ${stranger} now`);
  await dialog.getByRole("button", { name: `Sign in as ${email}` }).click();
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  // Asked for when a reply has ended: after it, the page does nothing by itself.
  const settled = page.waitForResponse(/\/api\/quota$/);
  await dialog.getByRole("button", { name: "Sign in and go on" }).click();
  await expect(page.getByRole("log")).toContainText("After.", { timeout: 30_000 });
  await expect(asked(page)).toHaveText([/One/, /Two/]);
  await settled;

  await context.clearCookies();
  await page.getByRole("button", { name: "Regenerate" }).last().click();
  await expect(dialog).toContainText("You have been signed out");
  await page.keyboard.press("Escape");
  await expect(page.getByText("You are signed out", { exact: true })).toBeVisible();
});

test("editing a message deep in a chat makes a version beside it, with what followed the first one kept", async ({
  page,
}) => {
  upstream.script(...["First.", "Second.", "Third.", "Fourth."].map((text) => paced({ text })));
  await openChat(page);
  for (const text of ["One", "Two", "Three"]) {
    await send(page, text);
    await ready(page);
  }
  await asked(page).nth(1).hover();
  await asked(page).nth(1).getByRole("button", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "Edit your message" }).fill("Two again");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("log")).toContainText("Fourth.", { timeout: 30_000 });
  await expect(asked(page)).toHaveText([/One/, /Two again/]);
  await page.reload();
  await expect(page.getByRole("group", { name: "Version 2 of 2" })).toBeVisible();
  await page.getByRole("button", { name: "Previous version" }).click();
  await expect(asked(page)).toHaveText([/One/, /Two/, /Three/]);
  await page.reload();
  await expect(asked(page)).toHaveText([/One/, /Two/, /Three/]);
});

test("few requests left are told before they are gone, and after a refusal the composer counts down and keeps the text", async ({
  page,
}) => {
  const limited = await Product.start({
    UPSTREAM_BASE_URL: upstream.url,
    UPSTREAM_API_KEY: "none",
    TRIAL_REQUESTS_PER_DAY: "1",
  });
  upstream.script(paced({ text: "The one answer." }));
  await signUp(page, limited.url);
  await page.goto(`${limited.url}/chat`);
  await expect(page.getByText("1 of 1 free requests left today.")).toBeVisible();
  await send(page, "One");
  await ready(page);
  await expect(page.getByText(/No free requests left today\. There are new ones in/)).toBeVisible();
  await send(page, "Two");
  await expect(page.getByText(/^You can send again in/)).toBeVisible({ timeout: 15_000 });
  await send(page, "Three");
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("Three");
  await expect(asked(page)).toHaveCount(2);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("Three");
  await limited.stop();
});

test("an answer cut while thinking by the chat's maximum length is gone on with, without thinking anew", async ({
  page,
}) => {
  upstream.script(
    paced({ thinking: "Long thoughts.", finishReason: "length" }),
    paced({ text: "The short answer." }),
  );
  await openChat(page);
  await page.getByRole("button", { name: "Options of this chat" }).click();
  await page.getByLabel(/Maximum answer length/).fill("20");
  await page.getByRole("button", { name: "Save" }).click();
  await send(page, "Think");
  await expect(page.getByText("It ran out of tokens while thinking")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("log")).toContainText("The short answer.", { timeout: 30_000 });
  expect(upstream.calls.at(-1)?.body).toMatchObject({
    thinking: { type: "disabled" },
    max_completion_tokens: 20,
  });
});
