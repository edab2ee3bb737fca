import type { Page } from "@playwright/test";
import type { startMockUpstream } from "#tests/support/mock-upstream.ts";

export type Upstream = Awaited<ReturnType<typeof startMockUpstream>>;

export const lastAnswer = "article[data-role=assistant]:last-of-type .markdown";

/** Sends a message as a person does. */
export async function send(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message" }).fill(text);
  await page.keyboard.press("Enter");
}

/** Until so many replies are there, all of them complete. */
export async function untilReady(page: Page, replies: number): Promise<void> {
  await page.waitForFunction(
    (count) =>
      document.querySelectorAll("article[data-role=assistant]").length === count &&
      document.querySelectorAll("article[data-role=assistant][data-status=completed]").length === count,
    replies,
    // Playwright else looks with every frame, and so makes sixty a second that nobody needs.
    { timeout: 120_000, polling: 100 },
  );
}
