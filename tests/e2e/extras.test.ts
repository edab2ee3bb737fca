import { expect, type Page } from "@playwright/test";
import { expectAccessible, send, signUp, status, test } from "./product.ts";

const composer = (page: Page) => page.getByRole("textbox", { name: "Message" });
const ready = (page: Page) => expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });

test("a prompt is saved, found by a slash, filled in and sent; follow-ups are asked for and one is sent by key", async ({
  page,
  product,
}) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/settings/prompts`);
  await page.getByRole("button", { name: "New prompt" }).click();
  const dialog = page.getByRole("dialog", { name: "New prompt" });
  await dialog.getByLabel("Name").fill("Count up");
  await dialog.getByLabel("Text").fill("Count to {{number}}");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "Count up" });
  await row.getByRole("button", { name: "Delete Count up" }).click();
  await expect(page.getByText("No prompts yet")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toBeVisible();

  await page.goto(`${product.url}/chat`);
  await composer(page).pressSequentially("/cou");
  await expect(page.getByRole("option", { name: /Count up/, selected: true })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("option")).toHaveCount(0);
  await expect(composer(page)).toHaveValue("/cou");
  await page.keyboard.type("n");
  await expect(page.getByRole("option")).toHaveCount(0);
  await composer(page).fill("");
  await composer(page).pressSequentially("/");
  await page.getByRole("option", { name: /Count up/ }).waitFor();
  await page.keyboard.press("Enter");
  await expect(composer(page)).toHaveValue("Count to {{number}}");
  // The placeholder is selected: what is typed takes its place.
  await page.keyboard.type("5");
  await expect(composer(page)).toHaveValue("Count to 5");
  await page.keyboard.press("Enter");
  await ready(page);

  const offer = page.getByRole("button", { name: /^Suggest follow-ups about \$0\.00/ });
  await offer.focus();
  await page.keyboard.press("Enter");
  const suggested = page.getByRole("region", { name: "Suggested follow-ups" });
  await expect(suggested.getByRole("listitem")).toHaveCount(3);
  await expect(suggested).toContainText("offline stand-in, not by Kimi · cost $0.00");
  await expect(suggested.getByRole("button").first()).toBeFocused();
  await expectAccessible(page);
  await page.reload();
  await expect(suggested.getByRole("listitem")).toHaveCount(3);
  await suggested.getByRole("button", { name: "What can you do?" }).focus();
  await page.keyboard.press("Enter");
  await expect(composer(page)).toBeFocused();
  await ready(page);
  await expect(page.locator("article[data-role=user]").last()).toHaveText(/What can you do\?/);
});

test("the settings choose the key that sends, and take follow-ups away", async ({ page, product }) => {
  await signUp(page, product.url);
  const chosen = { sendKey: "mod-enter", followUps: "never" };
  await page.request.patch(`${product.url}/api/account/preferences`, { data: chosen });
  await page.goto(`${product.url}/settings/general`);
  await expect(page.getByLabel("Key that sends")).toHaveValue("mod-enter");
  await page.goto(`${product.url}/chat`);
  await composer(page).fill("Count to 3");
  await page.keyboard.press("Enter");
  await expect(composer(page)).toHaveValue("Count to 3\n");
  await page.keyboard.press("ControlOrMeta+Enter");
  await ready(page);
  await expect(page.getByRole("button", { name: /Suggest follow-ups/ })).toHaveCount(0);
});

const pageInCode = `Here it is:

\`\`\`html
<p id="out">still</p>
<script>
let stored = "none";
try { stored = String(localStorage.length) } catch (error) { stored = error.name }
fetch("https://example.com/").then(() => "reached", () => "refused").then((net) => {
  out.textContent = "ran, " + stored + ", " + net;
});
</script>
<img src="https://example.com/pixel.png">
\`\`\``;

test("a page in an answer runs on a click, without origin and without network", async ({
  context,
  product,
}) => {
  // Not watched: what the policy stops is told on the console.
  const page = await context.newPage();
  const outside: string[] = [];
  // What the policy stops does not come as far as this.
  await context.route(/^https:/, (route) => {
    outside.push(route.request().url());
    return route.abort();
  });
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`, { waitUntil: "networkidle" });
  await send(page, "Count to 3");
  await ready(page);
  const chatPath = `${product.url}/api/chats/${page.url().split("/").at(-1)}`;
  const { messages } = await (await page.request.get(chatPath)).json();
  const edit = { assistantMessageId: `msg_${crypto.randomUUID().replaceAll("-", "")}`, texts: [pageInCode] };
  const edited = await page.request.post(`${chatPath}/messages/${messages.at(-1).id}/edit`, { data: edit });
  expect(edited.status()).toBe(201);
  await page.reload();
  const answer = page.locator("article[data-role=assistant]").last();
  await expect(page.locator("iframe")).toHaveCount(0);
  await answer.getByRole("button", { name: "Preview" }).click();
  const frame = page.frameLocator("iframe[title='Preview of the code']");
  await expect(frame.locator("#out")).toHaveText("ran, SecurityError, refused");
  await answer.getByRole("button", { name: "Show the code" }).click();
  await expect(answer.locator("pre")).toContainText("still");
  expect(outside).toEqual([]);
});

test("what is dictated is written where the caret stands, and there is no button where nothing listens", async ({
  page,
  product,
}) => {
  await page.addInitScript(() => {
    class Recognition extends EventTarget {
      onresult: ((event: unknown) => void) | null = null;
      onend: (() => void) | null = null;
      start() {
        const result = Object.assign([{ transcript: " of ships" }], { isFinal: true });
        this.onresult?.({ resultIndex: 0, results: [result] });
      }
      stop() {
        this.onend?.();
      }
    }
    Object.assign(window, { SpeechRecognition: Recognition });
  });
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await composer(page).fill("A harbour");
  await page.getByRole("button", { name: "Dictate" }).click();
  await expect(composer(page)).toHaveValue("A harbour of ships");
  await page.getByRole("button", { name: "Stop dictating" }).click();
  await expect(page.getByRole("button", { name: "Dictate" })).toBeVisible();
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, "SpeechRecognition");
    Reflect.deleteProperty(window, "webkitSpeechRecognition");
  });
  await page.reload();
  await expect(page.getByRole("button", { name: "Send" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Dictate" })).toHaveCount(0);
});

test("on paper a chat is whole, and nothing but what was said", async ({ page, product }) => {
  await signUp(page, product.url);
  await page.setViewportSize({ width: 800, height: 320 });
  await page.goto(`${product.url}/chat`);
  await send(page, "Count to 60");
  await ready(page);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await expect(composer(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Copy answer" })).toBeHidden();
  const cutOff = await page.getByRole("log").evaluate((log) => {
    const cutting: string[] = [];
    for (let box = log.parentElement; box; box = box.parentElement) {
      const { overflowY } = getComputedStyle(box);
      if (
        overflowY !== "visible" &&
        box.clientHeight < box.scrollHeight &&
        box !== document.documentElement
      ) {
        cutting.push(box.className);
      }
    }
    return cutting;
  });
  expect(cutOff).toEqual([]);
});
