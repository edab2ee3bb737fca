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
const answers = (page: Page) => page.locator("article[data-role=assistant]");
const message = (page: Page) => page.getByRole("textbox", { name: "Message" });

async function talk(page: Page, text: string): Promise<void> {
  await page.goto(`${product.url}/chat`);
  await send(page, text);
  await ready(page);
}

test("a link to a message opens its version and goes to it, from the address and from another chat", async ({
  page,
}) => {
  const long = (word: string) => Array.from({ length: 60 }, (_, line) => `${word} ${line}.`).join("\n\n");
  upstream.script(
    ...[long("First"), long("Second"), long("Other version"), "Elsewhere."].map((text) => paced({ text })),
  );
  await signUp(page, product.url);
  await talk(page, "One");
  await send(page, "Two");
  await ready(page);
  const linked = await answers(page).first().getAttribute("id");
  await asked(page).first().hover();
  await asked(page).first().getByRole("button", { name: "Edit" }).click();
  await page.getByRole("textbox", { name: "Edit your message" }).fill("One, differently");
  await page.keyboard.press("Enter");
  await expect(answers(page)).toContainText("Other version 59.", { timeout: 30_000 });
  const chatUrl = page.url();

  await page.goto(`${chatUrl}#${linked}`);
  await expect(page.getByRole("group", { name: "Version 1 of 2" })).toBeVisible();
  await expect(page.locator(`[id="${linked}"]`)).toBeInViewport();
  await expect(asked(page)).toHaveText([/One/, /Two/]);

  // The chat now shows the first version; another link leads to the second, and so does the way back.
  await talk(page, "Somewhere else");
  const chats = page.getByRole("navigation", { name: "Chats" });
  const pages: string[] = [];
  page.on("request", (request) => {
    if (request.headers().rsc === "1") pages.push(request.url());
  });
  await chats.getByRole("link", { name: /One/ }).click();
  await expect(asked(page)).toHaveText([/One/, /Two/]);
  await page.goBack();
  await expect(asked(page)).toHaveText([/Somewhere else/]);
  await page.goForward();
  await expect(asked(page)).toHaveText([/One/, /Two/]);
  await expect(page).toHaveTitle(/^One/);
  expect(pages).toEqual([]);

  // What the pointer rests on is there when it is pressed, with nothing that stands in for it.
  await page.goto(`${product.url}/chat`);
  const link = chats.getByRole("link", { name: /One/ });
  const ahead = page.waitForResponse((response) => response.url().endsWith("?part=end"));
  await link.hover();
  await ahead;
  await page.waitForLoadState("networkidle");
  expect(await link.evaluate(firstDrawn)).toBe("an answer");
});

/** Presses a link; what the page then shows first in the place of a chat's last answer. */
function firstDrawn(link: Element): Promise<string> {
  return new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      const place = document.querySelector(
        "article[data-role=assistant]:last-of-type, main [aria-busy=true]",
      );
      if (!place) return;
      watch.disconnect();
      resolve(place.querySelector(".markdown") ? "an answer" : "something else");
    });
    watch.observe(document.body, { childList: true, subtree: true });
    if (link instanceof HTMLElement) link.click();
  });
}

test("an answer is edited into a version beside it, and the model goes on from that with its own thoughts", async ({
  page,
}) => {
  upstream.script(
    paced({ thinking: "Hamburg, I think.", text: "It is Hamburg." }),
    paced({ text: "Two million." }),
  );
  await signUp(page, product.url);
  await talk(page, "Which port?");
  await page.getByRole("button", { name: "Edit this answer" }).click();
  const field = page.getByRole("textbox", { name: "Edit the answer" });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("It is Hamburg.");
  await field.fill("It is Bremen.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("group", { name: "Version 2 of 2" })).toBeVisible();
  await expect(answers(page)).toContainText("Edited by you");
  await page.reload();
  await expect(answers(page)).toContainText("It is Bremen.");
  await send(page, "How many people?");
  await expect(page.getByRole("log")).toContainText("Two million.", { timeout: 30_000 });
  expect(upstream.calls.at(-1)?.body).toMatchObject({
    messages: [
      { role: "user" },
      { role: "assistant", content: "It is Bremen.", reasoning_content: "Hamburg, I think." },
      { role: "user" },
    ],
  });
  await page.getByRole("button", { name: "Previous version" }).click();
  await expect(answers(page)).toContainText("It is Hamburg.");
});

test("a budget that does not cover a message is told in the thread, with the way to raise it", async ({
  page,
}) => {
  upstream.script(paced({ text: "Paid for." }));
  await signUp(page, product.url);
  await page.goto(`${product.url}/keys`);
  const setBudget = async (dollars: string) => {
    await page.getByLabel("Monthly budget in dollars").fill(dollars);
    const saved = page.waitForResponse((response) => response.request().method() !== "GET");
    await page.getByRole("button", { name: "Set budget" }).click();
    await saved;
  };
  await setBudget("0.0001");
  await page.goto(`${product.url}/chat`);
  await send(page, "Too dear");
  const log = page.getByRole("log");
  await expect(log).toContainText("The account's monthly budget does not cover this", { timeout: 30_000 });
  await expect(log).toContainText("Raise it on the keys page");
  const chatUrl = page.url();
  await log.getByRole("link", { name: "Change the budget" }).click();
  await page.waitForURL("**/keys");
  await setBudget("5");
  await page.goto(chatUrl);
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(log).toContainText("Paid for.", { timeout: 30_000 });
});

test("what is being written is not sent in the name of somebody who has signed in in another tab", async ({
  page,
  context,
  watched,
}) => {
  upstream.script(paced({ text: "To the right one." }));
  const other = await watched(context);
  const { email: stranger } = await signUp(other, product.url);
  await context.clearCookies();
  const { email } = await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await message(page).fill("A secret of mine");

  await other.goto(`${product.url}/signin`);
  await context.clearCookies();
  await other.reload();
  await other.getByLabel("E-mail").fill(stranger);
  await other.getByLabel("Password", { exact: true }).fill(password);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await other.waitForURL("**/chat");
  await expect(message(other)).toHaveValue("");

  await page.bringToFront();
  await message(page).press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("You have been signed out");
  const { chats } = await (await other.request.get(`${product.url}/api/chats`)).json();
  expect(chats).toEqual([]);
  await expect(dialog.getByLabel("E-mail")).toHaveValue(email);
  await dialog.getByLabel("Password", { exact: true }).fill(password);
  await dialog.getByRole("button", { name: "Sign in and go on" }).click();
  await expect(page.getByRole("log")).toContainText("To the right one.", { timeout: 30_000 });
});
