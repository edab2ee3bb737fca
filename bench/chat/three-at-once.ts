import type { Page } from "@playwright/test";
import { paced } from "#tests/support/paced-answer.ts";
import { lastAnswer, send, type Upstream, untilReady } from "./acts.ts";
import { type Busy, PageProbe } from "./page-probe.ts";
import { note } from "./report.ts";
import { sampleAnswer, sampleThinking } from "./sample-chat.ts";
import { chatIds } from "./seed.ts";
import { longestTaskOf } from "./task-trace.ts";

/** Three chats in three windows, each with a reply coming; the first is the long one, which also shows that the others run. */
export async function threeAtOnce(
  page: Page,
  probe: PageProbe,
  url: string,
  upstream: Upstream,
): Promise<void> {
  const answer = {
    thinking: sampleThinking(1_200),
    text: sampleAnswer(1),
    tokensPerSecond: 100,
    firstTokenMs: 200,
  };
  upstream.script(paced(answer));
  await page.goto(`${url}/chat/${chatIds[300]}`);
  await page.locator(lastAnswer).waitFor();
  const repliesBefore = await repliesIn(page, url, chatIds[300]);
  const others = await Promise.all([1, 2].map(() => besides(page, url)));
  await untilReady(page, repliesBefore);
  const browser = page.context().browser();
  if (!browser) throw new Error("The page has no browser.");
  const { cpuMs, result } = await longestTaskOf(browser, () =>
    Promise.all([replyIn({ page, probe }, repliesBefore + 1), ...others.map((other) => replyIn(other, 1))]),
  );
  const [first, ...rest] = result;
  note("three at once: busy, the long chat", first.busyShare * 100, "%", 40);
  note("three at once: busy, the long chat, processor time", first.cpuShare * 100, "%", 40);
  // By the clock a task also takes as long as the server, its database, the upstream or another page hold the processor.
  for (const [name, { longestTaskMs, longestFrame }] of [
    ["the long chat", first] as const,
    ...rest.map((one) => ["a new chat", one] as const),
  ]) {
    note(`three at once: longest task, ${name}`, longestTaskMs, "ms", 100, longestFrame);
  }
  note("three at once: longest task of all pages, processor time", cpuMs, "ms", 100);
  note("three at once: heap, the long chat", await probe.heapMb(), "MB", 150);
  note("three at once: elements, the long chat", await probe.domNodes(), "", 15_000);
  for (const other of others) await other.page.close();
  await countRenders(page, probe, upstream, repliesBefore + 2);
}

/** How many replies the chat's branch has. */
async function repliesIn(page: Page, url: string, chatId: string): Promise<number> {
  const { messages } = await (await page.request.get(`${url}/api/chats/${chatId}`)).json();
  return messages.filter((message: { role: string }) => message.role === "assistant").length;
}

async function besides(page: Page, url: string): Promise<{ page: Page; probe: PageProbe }> {
  const other = await page.context().newPage();
  const probe = await PageProbe.attach(other);
  await other.goto(`${url}/chat`);
  await other.waitForLoadState("networkidle");
  // At the pace of a hand: with its first key the page fetches what shows messages.
  const ahead = await probe.during(async () => {
    await other.getByRole("textbox", { name: "Message" }).pressSequentially("Alone", { delay: 60 });
    await other.waitForLoadState("networkidle");
  });
  note("a new chat: what shows messages arrives, longest task", ahead.longestTaskMs, "ms");
  return { page: other, probe };
}

function replyIn({ page, probe }: { page: Page; probe: PageProbe }, replies: number): Promise<Busy> {
  return probe.during(async () => {
    await send(page, "Beside the others");
    await untilReady(page, replies);
  });
}

/**
 * How often messages are drawn while one of them is written, by the browser's own count of calls: the parts of the page are known by
 * words that only they have.
 */
async function countRenders(
  page: Page,
  probe: PageProbe,
  upstream: Upstream,
  replies: number,
): Promise<void> {
  const answer = {
    thinking: sampleThinking(1_200),
    text: sampleAnswer(2),
    tokensPerSecond: 100,
    firstTokenMs: 200,
  };
  upstream.script(paced({ ...answer }));
  await send(page, "Once more, counted");
  await page.locator("article[data-status=running] [role=group] [dir=auto]").waitFor();
  const calls = await probe.callsDuring(["chat.thread.reply", "chat.thread.user", "data-drawn"], async () => {
    await page.waitForFunction(
      () =>
        (document.querySelector("article[data-status=running] .markdown")?.textContent ?? "").length > 800,
      undefined,
      { timeout: 60_000, polling: 100 },
    );
  });
  await untilReady(page, replies);
  note("while a reply is written: the reply is drawn", calls.get("chat.thread.reply") ?? Number.NaN, "times");
  note(
    "while a reply is written: questions are drawn",
    calls.get("chat.thread.user") ?? Number.NaN,
    "times",
    0,
  );
  note(
    "while a reply is written: other messages' places are drawn",
    calls.get("data-drawn") ?? Number.NaN,
    "times",
    0,
  );
}
