import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "@playwright/test";
import { startMockUpstream } from "#tests/support/mock-upstream.ts";
import { paced } from "#tests/support/paced-answer.ts";
import { startServer } from "#tests/support/server.ts";
import { ensureDebianPackage } from "../../scripts/debian.mjs";
import { ensureBuild } from "../../scripts/prepare.mjs";
import { median } from "../gateway/statistics.ts";
import { lastAnswer, send, type Upstream, untilReady } from "./acts.ts";
import { PageProbe } from "./page-probe.ts";
import { anyAbove, note } from "./report.ts";
import { sampleAnswer, sampleThinking } from "./sample-chat.ts";
import { chatIds, person, seed } from "./seed.ts";
import { threeAtOnce } from "./three-at-once.ts";

async function openSignedIn(browser: Browser, url: string): Promise<{ page: Page; probe: PageProbe }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const probe = await PageProbe.attach(page);
  await page.goto(`${url}/signin`);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/chat");
  return { page, probe };
}

const handMs = { toLink: 400, toPress: 200 };

/** From the press on the chat's link to its last answer on the screen. */
async function openingMs(page: Page, url: string, chatId: string): Promise<number> {
  await page.goto(`${url}/chat`);
  const link = page.locator(`nav a[href="/chat/${chatId}"]`);
  await link.waitFor();
  // Before the page has come alive a press would be a load of its own.
  await page.waitForLoadState("networkidle");
  // A hand takes some time from the mouse's first movement to the link, and rests there before it presses.
  await page.mouse.move(900, 500);
  await page.waitForTimeout(handMs.toLink);
  await link.hover();
  await page.waitForTimeout(handMs.toPress);
  return page.evaluate(
    ([href, selector]) =>
      new Promise<number>((done) => {
        const startMs = performance.now();
        document.querySelector<HTMLElement>(`nav a[href="${href}"]`)?.click();
        const look = () => {
          if (document.querySelector(selector ?? "")) {
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - startMs), 0));
          } else requestAnimationFrame(look);
        };
        look();
      }),
    [`/chat/${chatId}`, lastAnswer],
  );
}

const parts = ["open", "long", "three", "heavy", "thought"] as const;

/** `--only=open,thought` measures some of it. */
function chosenParts(): ReadonlySet<(typeof parts)[number]> {
  const { values } = parseArgs({ options: { only: { type: "string", default: parts.join(",") } } });
  const names = values.only.split(",");
  return new Set(parts.filter((part) => names.includes(part)));
}

async function openings(page: Page, url: string): Promise<void> {
  for (const count of [300, 1_000] as const) {
    const times: number[] = [];
    for (let round = 0; round < 6; round += 1) times.push(await openingMs(page, url, chatIds[count]));
    const limit = count === 1_000 ? 500 : null;
    note(`open ${count} messages, from the list`, median(times.slice(1)), "ms", limit);
    note(`open ${count} messages, from the list, slowest`, Math.max(...times.slice(1)), "ms");
  }
}

async function main(): Promise<void> {
  await ensureDebianPackage("chromium", () => existsSync("/usr/bin/chromium"), "Measuring in a browser");
  await ensureBuild();
  const chosen = chosenParts();
  const dataDir = mkdtempSync(join(tmpdir(), "aig-bench-chat-"));
  await seed(dataDir);
  const upstream = await startMockUpstream();
  const server = await startServer({
    role: "all",
    dataDir,
    env: {
      LOG_LEVEL: "error",
      UPSTREAM_BASE_URL: upstream.url,
      UPSTREAM_API_KEY: "none",
      TRIAL_REQUESTS_PER_DAY: "1000",
      TRIAL_REQUESTS_PER_MINUTE: "1000",
    },
  });
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--enable-precise-memory-info",
    ],
  });
  try {
    const { page, probe } = await openSignedIn(browser, server.url);
    if (chosen.has("open")) await openings(page, server.url);
    if (chosen.has("long")) await longChat(page, probe, server.url, upstream);
    if (chosen.has("three")) await threeAtOnce(page, probe, server.url, upstream);
    if (chosen.has("heavy")) await heavyReply(page, probe, server.url, upstream);
    if (chosen.has("thought")) await firstThought(page, server.url, upstream);
  } finally {
    await browser.close();
    await server.stop();
    await upstream.close();
  }
  process.exitCode = anyAbove() ? 1 : 0;
}

async function longChat(page: Page, probe: PageProbe, url: string, upstream: Upstream): Promise<void> {
  const load = await probe.during(async () => {
    await page.goto(`${url}/chat/${chatIds[300]}`);
    await page.locator(lastAnswer).waitFor();
  });
  note("300 messages: load, wall", load.wallMs, "ms");
  note("300 messages: elements at rest", await probe.domNodes(), "", 15_000);
  note("300 messages: heap", await probe.heapMb(), "MB", 150);
  const box = page
    .locator("[role=log]")
    .locator("xpath=ancestor::div[contains(@class,'overflow-y-auto')][1]");
  const scroll = await probe.during(async () => {
    await box.hover();
    for (let step = 0; step < 60; step += 1) await page.mouse.wheel(0, step < 30 ? -900 : 900);
    for (let step = 0; step < 60; step += 1) await page.mouse.wheel(0, step < 30 ? -900 : 900);
  });
  note("300 messages: scrolling, longest task", scroll.longestTaskMs, "ms");
  note("300 messages: elements after scrolling", await probe.domNodes(), "", 15_000);
  await page.getByRole("textbox", { name: "Message" }).focus();
  const streams = [];
  for (let reply = 0; reply < 3; reply += 1) {
    upstream.script(
      paced({
        thinking: sampleThinking(1_200),
        text: sampleAnswer(reply),
        tokensPerSecond: 100,
        firstTokenMs: 200,
      }),
    );
    streams.push(
      await probe.during(async () => {
        await send(page, `Go on, ${reply}`);
        await untilReady(page, 150 + reply + 1);
      }),
    );
  }
  note("three replies: busy", Math.max(...streams.map((one) => one.busyShare)) * 100, "%", 40);
  note("three replies: longest task", Math.max(...streams.map((one) => one.longestTaskMs)), "ms", 100);
  note("three replies: script a reply", median(streams.map((one) => one.scriptMs)), "ms");
  note("three replies: layout and style a reply", median(streams.map((one) => one.layoutMs)), "ms");
  note("three replies: heap after", await probe.heapMb(), "MB", 150);
  upstream.script(paced({ thinking: sampleThinking(400), text: sampleAnswer(9), tokensPerSecond: 100 }));
  await send(page, "Once more, while I type");
  await probe.interactionsMs();
  const text = "typing while the answer comes, at the pace of a hand";
  await page.keyboard.type(text, { delay: 60 });
  const keys = (await probe.interactionsMs()).toSorted((a, b) => b - a);
  note("typing while a reply streams: slowest key to paint", keys[0] ?? 16, "ms", 100);
  // As INP is defined: of each fifty interactions the slowest does not count.
  note("typing while a reply streams: INP", keys[Math.floor(text.length / 50)] ?? 16, "ms", 100);
}

async function heavyReply(page: Page, probe: PageProbe, url: string, upstream: Upstream): Promise<void> {
  const scriptMs: number[] = [];
  for (const [name, thinkingChars, answers] of [
    ["half", 9_000, 2],
    ["whole", 18_000, 4],
  ] as const) {
    const text = Array.from({ length: answers }, (_, number) => sampleAnswer(number)).join("\n\n");
    upstream.script(paced({ thinking: sampleThinking(thinkingChars), text, tokensPerSecond: 400 }));
    await page.goto(`${url}/chat`);
    await page.waitForLoadState("networkidle");
    const busy = await probe.during(async () => {
      await send(page, "Think long");
      await untilReady(page, 1);
    });
    scriptMs.push(busy.scriptMs);
    note(`${thinkingChars} + ${text.length} characters, ${name}: script`, busy.scriptMs, "ms");
    note(`${thinkingChars} + ${text.length} characters, ${name}: layout and style`, busy.layoutMs, "ms");
    note(
      `${thinkingChars} + ${text.length} characters, ${name}: longest task`,
      busy.longestTaskMs,
      "ms",
      100,
    );
  }
  const [half = 1, whole = 0] = scriptMs;
  note("twice the characters: script", whole / half, "times", 2.2);
}

/** From the key's press to the first thought on the screen, less the time the gateway took to its first token. */
async function firstThought(page: Page, url: string, upstream: Upstream): Promise<void> {
  const extra: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    upstream.script(
      paced({ thinking: sampleThinking(600), text: "Done.", tokensPerSecond: 400, firstTokenMs: 300 }),
    );
    await page.goto(`${url}/chat`);
    await page.waitForLoadState("networkidle");
    // At the pace of a hand: with its first key the page fetches what shows messages.
    await page.getByRole("textbox", { name: "Message" }).pressSequentially("Think", { delay: 60 });
    await page.evaluate(watchFirstThought);
    await page.keyboard.press("Enter");
    const shownMs = await page.evaluate(() => window.benchFirstThoughtMs);
    await untilReady(page, 1);
    const chatId = page.url().split("/").at(-1);
    const detail = await (await page.request.get(`${url}/api/chats/${chatId}`)).json();
    extra.push(shownMs - detail.messages[1].metadata.timeToFirstTokenMs);
  }
  note("send to first thought, above the gateway's time to first token", median(extra), "ms", 80);
}

/** From the next press of a key to the first frame with a thought in it. Looks when the page changes: to look with every frame makes frames. */
function watchFirstThought(): void {
  window.benchFirstThoughtMs = new Promise((done) => {
    let startMs = 0;
    addEventListener("keydown", (event) => {
      startMs = event.timeStamp;
    });
    const observer = new MutationObserver(() => {
      const trace = document.querySelector("article[data-role=assistant] [role=group] [dir=auto]");
      if (startMs === 0 || !trace?.textContent) return;
      observer.disconnect();
      requestAnimationFrame(() => done(performance.now() - startMs));
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

declare global {
  interface Window {
    benchFirstThoughtMs: Promise<number>;
  }
}

await main();
