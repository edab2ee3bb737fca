import { expect, type Page } from "@playwright/test";
import { send, signUp, status, test } from "./product.ts";

const chats = (page: Page) => page.getByRole("navigation", { name: "Chats" });
const search = (page: Page) => page.getByRole("textbox", { name: "Search chats" });

async function talk(page: Page, url: string, text: string): Promise<void> {
  await page.goto(`${url}/chat`);
  await send(page, text);
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
}

test("a search by keyboard leads to the version of the message in which the words stand", async ({
  page,
  product,
}) => {
  await signUp(page, product.url);
  await talk(page, product.url, "Repeat exactly: the quokka 海边日记");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("textbox", { name: "Edit your message" }).fill("Repeat exactly: something else");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("group", { name: "Version 2 of 2" })).toBeVisible();
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  await page.goto(`${product.url}/chat`);
  await search(page).fill("QUOKKA 海边");
  const results = page.getByRole("region", { name: "Search results" });
  await expect(results.locator("mark").first()).toHaveText(/quokka/);
  await search(page).press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("group", { name: "Version 1 of 2" })).toBeVisible();
  await expect(page.getByRole("log")).toContainText("quokka");
  await search(page).fill("nothing like this");
  await expect(results).toContainText("Nothing found for “nothing like this”");
  await search(page).press("Escape");
  await expect(chats(page)).toBeVisible();
});

test("a chat is pinned, filed in a new folder, archived and taken back by keys and menus", async ({
  page,
  product,
}) => {
  await signUp(page, product.url);
  await talk(page, product.url, "What is 6 * 7?");
  const row = chats(page).getByRole("link", { name: /6 \* 7/ });
  await row.press("p");
  await expect(chats(page).getByRole("region", { name: "Pinned" }).getByRole("link")).toHaveCount(1);
  await row.press("p");
  await expect(chats(page).getByRole("region", { name: "Today" }).getByRole("link")).toHaveCount(1);

  await row.press("m");
  const dialog = page.getByRole("dialog", { name: "Move to folder" });
  await dialog.getByRole("textbox", { name: "New folder" }).fill("Sums");
  await dialog.getByRole("button", { name: "Create and move" }).click();
  const folder = chats(page).getByRole("button", { name: "Sums", exact: true });
  await expect(row).toHaveCount(0);
  await folder.click();
  await expect(row).toBeVisible();
  await folder.press("Delete");
  await expect(chats(page).getByRole("region", { name: "Today" }).getByRole("link")).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(folder).toBeVisible();
  await folder.click();

  await row.press("e");
  await expect(row).toHaveCount(0);
  await chats(page).getByRole("link", { name: "Archived chats" }).click();
  await page.getByRole("main").getByRole("button", { name: "Take out of the archive" }).click();
  await expect(row).toBeVisible();
});

test("a temporary chat is in no list and no search, also after a reload, and is deleted at once when asked", async ({
  page,
  product,
}) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await page.getByRole("switch", { name: "Temporary chat" }).click();
  await expect(page.getByText(/in no list and no search/)).toBeVisible();
  await send(page, "Repeat exactly: wombats");
  await expect(status(page)).toHaveText("Answer ready", { timeout: 30_000 });
  await page.reload();
  await expect(page.getByRole("log")).toContainText("wombats");
  await expect(page.getByText(/^Temporary chat: in no list/)).toBeVisible();
  await expect(chats(page).getByRole("link", { name: /wombats/ })).toHaveCount(0);
  await search(page).fill("wombats");
  await expect(page.getByText("Nothing found for “wombats”.").last()).toBeVisible();
  const address = page.url();
  await page.getByRole("button", { name: "Delete now" }).click();
  await page.waitForURL(`${product.url}/chat`);
  await page.goto(address);
  await expect(page.getByText("There is no such chat")).toBeVisible();
});

test("a reply that another tab has begun is marked in the list", async ({ page, product }) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  await expect(page.getByText("Your chats will be listed here.")).toBeVisible();
  const other = await page.context().newPage();
  await other.goto(`${product.url}/chat`);
  await send(other, "Write a long essay about the sea");
  await page.bringToFront();
  await expect(chats(page).getByText("(A reply is being written)")).toBeAttached({ timeout: 25_000 });
});

test("what is typed while the folders are being fetched for the first chat stays", async ({
  page,
  product,
}) => {
  await signUp(page, product.url);
  await page.goto(`${product.url}/chat`);
  const [asked, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route("**/_next/static/chunks/**", async (route) => {
    const chunk = await route.fetch();
    if ((await chunk.text()).includes("groups.folders")) {
      asked.resolve();
      await gate.promise;
    }
    await route.fulfill({ response: chunk });
  });
  await send(page, "Count to 3");
  await asked.promise;
  const composer = page.getByRole("textbox", { name: "Message" });
  await composer.fill("And to 4?");
  await composer.press("Home");
  await expect(composer).toHaveValue("And to 4?");
  await expect(page.getByRole("button", { name: "New folder" })).toHaveCount(0);
  gate.resolve();
  await expect(page.getByRole("button", { name: "New folder" })).toBeVisible();
  await expect(composer).toHaveValue("And to 4?");
  await page.unrouteAll({ behavior: "ignoreErrors" });
});
