import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { makePdf, makePicture } from "#tests/support/make-files.ts";
import { send, signUp, status, test } from "./product.ts";

interface GivenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const png = async (name: string, colour: "red" | "blue", width = 64): Promise<GivenFile> => ({
  name,
  mimeType: "image/png",
  buffer: Buffer.from(await makePicture(colour, { width, height: 48 })),
});

const open = async (page: Page, url: string) => {
  await signUp(page, url);
  await page.goto(`${url}/chat`);
};

const ready = (page: Page) => page.locator("form li[data-step=ready]");
const pick = (page: Page, files: GivenFile[]) =>
  page.locator("input[data-attach]").first().setInputFiles(files);
const message = (page: Page) => page.locator("article[data-role=user]").last();
const answered = (page: Page) => expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });

/** Gives files as the clipboard or a drag would: the browser's own events, filled by the page. */
async function give(page: Page, type: "paste" | "drop", content: { files?: GivenFile[]; text?: string }) {
  const files = (content.files ?? []).map(({ buffer, ...file }) => ({
    ...file,
    base64: buffer.toString("base64"),
  }));
  await page.getByRole("textbox", { name: "Message" }).evaluate(
    (field, { given, text, kind }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      if (text !== undefined) data.setData("text/plain", text);
      const options = { bubbles: true, cancelable: true };
      if (kind === "paste")
        field.dispatchEvent(new ClipboardEvent("paste", { ...options, clipboardData: data }));
      else field.dispatchEvent(new DragEvent("drop", { ...options, dataTransfer: data }));
    },
    { given: files, text: content.text, kind: type },
  );
}

test("pictures that are picked, pasted and dropped are described by the model, and kept by reload, edit and regenerate", async ({
  page,
  product,
}) => {
  await open(page, product.url);
  await pick(page, [await png("picked.png", "red")]);
  await give(page, "paste", { files: [await png("pasted.png", "blue", 50)] });
  await give(page, "drop", { files: [await png("dropped.png", "blue", 2_600)] });
  await expect(ready(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Remove pasted.png" }).click();
  await expect(ready(page)).toHaveCount(2);
  // Not sent yet, and still there after a reload.
  await page.reload();
  await expect(ready(page)).toHaveCount(2);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await answered(page);
  const answer = page.locator("article[data-role=assistant]").last();
  await expect(answer).toContainText("64 × 48");
  await expect(answer).toContainText("2048 × 38");
  await expect(answer).toContainText("red");

  await page.reload();
  await expect(message(page).locator("li img")).toHaveCount(2);
  const large = page.getByRole("button", { name: "Enlarge: picked.png" });
  await large.click();
  await expect(page.getByRole("dialog", { name: "picked.png" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Regenerate" }).click();
  await expect(page.getByRole("group", { name: "Version 2 of 2" })).toBeVisible({ timeout: 30_000 });
  await answered(page);

  await message(page).hover();
  await message(page).getByRole("button", { name: "Edit" }).click();
  await page.getByRole("button", { name: "Remove dropped.png" }).click();
  await page.getByRole("textbox", { name: /edit/i }).fill("Only this one");
  await page.keyboard.press("Enter");
  await expect(message(page)).toContainText("Only this one");
  await answered(page);
  await expect(message(page).locator("li img")).toHaveCount(1);
  await expect(page.locator("article[data-role=assistant]").last()).toContainText("64 × 48", {
    timeout: 30_000,
  });
});

test("a HEIC picture is decoded by the server, a PDF read, and both are looked into", async ({
  page,
  product,
}) => {
  await open(page, product.url);
  await pick(page, [
    {
      name: "IMG_1.HEIC",
      mimeType: "image/heic",
      buffer: readFileSync("tests/fixtures/attachments/red-and-blue.heic"),
    },
    {
      name: "report.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from(makePdf([["The code word is walnut."], ["End."]])),
    },
  ]);
  await expect(ready(page)).toHaveCount(2, { timeout: 30_000 });
  await page.getByRole("button", { name: "Look into report.pdf" }).click();
  const dialog = page.getByRole("dialog", { name: "report.pdf" });
  await expect(dialog).toContainText("2 pages");
  await expect(dialog).toContainText("The code word is walnut.");
  await page.keyboard.press("Escape");
  await send(page, "What is this?");
  await answered(page);
  await expect(page.locator("article[data-role=assistant]").last()).toContainText("96 × 64");
  await expect(message(page).getByRole("button", { name: "Look into report.pdf" })).toBeVisible();
});

test("a long paste becomes a file and text again when wanted", async ({ page, product }) => {
  await open(page, product.url);
  const long = "All work and no play. ".repeat(250);
  await give(page, "paste", { text: long });
  await expect(ready(page)).toHaveCount(1);
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("");
  await page.getByRole("button", { name: "Put it into the message as text" }).click();
  await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue(long);
  await expect(ready(page)).toHaveCount(0);
});

test("a file that cannot be read says so, a lost connection is tried again, and sending waits for both", async ({
  page,
  product,
}) => {
  await open(page, product.url);
  await page.route("**/api/attachments", (route) => route.abort(), { times: 1 });
  await pick(page, [await png("lost.png", "red")]);
  await expect(page.getByText("The server cannot be reached.")).toBeVisible();
  await page.getByRole("textbox", { name: "Message" }).fill("Look");
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await page.getByRole("button", { name: "Try lost.png again" }).click();
  await expect(ready(page)).toHaveCount(1);
  await pick(page, [{ name: "a.zip", mimeType: "application/zip", buffer: Buffer.from("PK\x03\x04\0\0") }]);
  await expect(page.getByText("Not a picture, PDF or text.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
  await page.getByRole("button", { name: "Remove a.zip" }).click();
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeEnabled();
});

test("a file is served to its owner alone, as a document that can do nothing", async ({
  page,
  browser,
  product,
}) => {
  await open(page, product.url);
  const svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
  const headers = { "x-file-name": encodeURIComponent("图.svg") };
  const made = await page.request.post(`${product.url}/api/attachments`, { data: Buffer.from(svg), headers });
  expect(made.status()).toBe(201);
  const { file } = await made.json();
  const own = await page.request.get(product.url + file.url);
  expect(own.status()).toBe(200);
  expect(await own.text()).toBe(svg);
  expect(own.headers()).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "private, max-age=31536000, immutable",
    "content-disposition": `attachment; filename="_.svg"; filename*=UTF-8''%E5%9B%BE.svg`,
  });
  expect(own.headers()["content-security-policy"]).toContain("sandbox");
  expect(own.headers()["x-content-type-options"]).toContain("nosniff");

  const context = await browser.newContext();
  expect((await context.request.get(product.url + file.url)).status()).toBe(401);
  const other = await context.newPage();
  await signUp(other, product.url);
  expect((await context.request.get(product.url + file.url)).status()).toBe(404);
  expect((await context.request.get(`${product.url}${file.url}/text`)).status()).toBe(404);
  await context.close();
});
