import { randomBytes } from "node:crypto";
import { expect } from "@playwright/test";
import { startPostgres, type TestPostgres } from "#tests/support/postgres.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { send, signUp, status, test } from "./product.ts";

let postgres: TestPostgres;
let writer: TestServer;
let viewer: TestServer;

test.beforeAll(async () => {
  postgres = await startPostgres();
  const env = { LOG_LEVEL: "warn", AUTH_SECRET: randomBytes(32).toString("hex") };
  const start = () => startServer({ role: "all", databaseUrl: postgres.url, env });
  writer = await start();
  viewer = await start();
});
test.afterAll(async () => {
  await Promise.all([writer.stop(), viewer.stop()]);
  await postgres.stop();
});

test("a reply that one process writes is seen live, and stopped, at another", async ({
  page,
  watched,
  context,
}) => {
  await signUp(page, writer.url);
  await page.goto(`${writer.url}/chat`);
  await send(page, "Write a long essay about the sea, in at least two thousand words.");
  await page.waitForURL("**/chat/chat_*");
  await expect(status(page)).toHaveText(/Thinking|Answering/, { timeout: 15_000 });

  // Cookies know no port, and both processes have one secret: the session is in force at the other one too.
  const elsewhere = await watched(context);
  await elsewhere.goto(page.url().replace(writer.url, viewer.url));
  const reply = elsewhere.locator("article[data-role=assistant]");
  await expect(elsewhere.getByRole("button", { name: "Stop" })).toBeVisible();
  const early = (await reply.innerText()).length;
  await expect.poll(async () => (await reply.innerText()).length, { timeout: 15_000 }).toBeGreaterThan(early);

  await elsewhere.getByRole("button", { name: "Stop" }).click();
  for (const one of [elsewhere, page]) {
    await expect(one.getByRole("button", { name: "Stop" })).toBeHidden({ timeout: 15_000 });
    await expect(one.getByRole("log")).toContainText("Stopped");
  }
});
