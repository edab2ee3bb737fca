import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectDb, type Db } from "#lib/db/client.ts";
import { openDatabase } from "#lib/db/open.ts";
import { createKey } from "#lib/keys/store.ts";
import { createTestAccount, openTestDb, postgresUrl } from "#tests/support/databases.ts";
import { placeTemplate } from "#tests/support/embedded-template.ts";
import { chatBody, createTestCaller, post, startTestGateway, until } from "#tests/support/gateway.ts";
import {
  chunk,
  json,
  type MockUpstream,
  plainCompletion,
  plainStream,
  sseThenSilence,
  startMockUpstream,
} from "#tests/support/mock-upstream.ts";
import { startServer } from "#tests/support/server.ts";

let db: Db;
let upstream: MockUpstream;

beforeAll(async () => {
  db = openTestDb(postgresUrl());
  upstream = await startMockUpstream();
});

afterAll(async () => {
  await upstream.close();
  await db.$disconnect();
});

const serve = (env: Record<string, string> = {}) =>
  startServer({
    role: "gateway",
    databaseUrl: postgresUrl(),
    env: { UPSTREAM_BASE_URL: upstream.url, TRIAL_REQUESTS_PER_MINUTE: "1000", LOG_LEVEL: "warn", ...env },
  });

/** Opens a stream and reads until its first text. */
async function openStream(url: string, apiKey: string) {
  const response = await post(`${url}/v1/chat/completions`, apiKey, chatBody({ stream: true }));
  const reader = response.body?.getReader();
  if (!reader) throw new Error("There is no body.");
  let seen = "";
  while (!seen.includes("Half")) seen += Buffer.from((await reader.read()).value ?? []).toString("utf8");
  const rest = async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      seen += Buffer.from(next.value).toString("utf8");
    return seen;
  };
  return { requestId: response.headers.get("x-request-id") ?? "", rest };
}

describe("two processes on one PostgreSQL", () => {
  test("500 parallel requests over 5 keys of one account with 100 left let exactly 100 through", async () => {
    upstream.script(json(200, plainCompletion()));
    const account = await createTestAccount(db, { plan: "trial" });
    const keys = await Promise.all(
      Array.from(
        { length: 5 },
        async (_, at) => (await createKey(db, account.id, { name: `key ${at}` })).secret,
      ),
    );
    const servers = await Promise.all([serve(), serve()]);
    try {
      const statuses = await Promise.all(
        Array.from({ length: 500 }, async (_, at) => {
          const response = await post(
            `${servers[at % 2]?.url}/v1/chat/completions`,
            keys[at % 5] ?? "",
            chatBody(),
          );
          await response.text();
          return response.status;
        }),
      );
      expect(statuses.filter((status) => status === 200)).toHaveLength(100);
      expect(statuses.filter((status) => status === 429)).toHaveLength(400);
      expect(upstream.calls).toHaveLength(100);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  });
});

describe("a process that is killed in mid-stream", () => {
  test("leaves one row, which the next process settles once as interrupted", async () => {
    upstream.script(sseThenSilence(chunk({ role: "assistant" }), chunk({ content: "Half" })));
    const { apiKey, accountId } = await createTestCaller(db);
    const first = await serve();
    const { requestId, rest } = await openStream(first.url, apiKey);
    await first.kill();
    await expect(rest()).rejects.toThrow();
    expect(await db.request.findUnique({ where: { id: requestId } })).toMatchObject({ status: "reserved" });
    // The dead process's last beat, as it is 20 s later.
    const { processId } = await db.request.findUniqueOrThrow({ where: { id: requestId } });
    await db.process.update({
      where: { id: processId },
      data: { heartbeatAt: new Date(Date.now() - 21_000) },
    });
    const second = await serve();
    try {
      const rows = await db.request.findMany({ where: { accountId } });
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ status: "interrupted", estimated: true });
      expect(await db.usageQuarter.findMany({ where: { accountId } })).toMatchObject([
        { requests: 1, status: "interrupted", estimated: 1 },
      ]);
    } finally {
      await second.stop();
    }
  });
});

/** An account with a key in a new embedded database, which is closed again. */
async function seedEmbedded(dataDir: string): Promise<string> {
  await placeTemplate(dataDir);
  const database = await openDatabase(null, dataDir);
  const seeding = connectDb(database.url, { poolSize: 1 });
  const { apiKey } = await createTestCaller(seeding);
  await seeding.$disconnect();
  await database.close();
  return apiKey;
}

describe("a process on the embedded database that is killed in mid-stream", () => {
  test("is known as dead by the next one at once", async () => {
    upstream.script(sseThenSilence(chunk({ role: "assistant" }), chunk({ content: "Half" })));
    const dataDir = mkdtempSync(join(tmpdir(), "aig-embedded-"));
    const apiKey = await seedEmbedded(dataDir);
    const env = { UPSTREAM_BASE_URL: upstream.url, LOG_LEVEL: "warn" };
    const first = await startServer({ role: "gateway", dataDir, env });
    const { requestId, rest } = await openStream(first.url, apiKey);
    await first.kill();
    await expect(rest()).rejects.toThrow();
    const second = await startServer({ role: "gateway", dataDir, env });
    try {
      const record = await fetch(`${second.url}/v1/requests/${requestId}`, {
        headers: { authorization: `Bearer ${apiKey}` },
      });
      expect(await record.json()).toMatchObject({ id: requestId, status: "interrupted" });
    } finally {
      await second.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
    // Three starts of an embedded database take long on a busy machine.
  }, 180_000);
});

describe("SIGTERM", () => {
  test("turns /readyz first, while calls are still taken for the grace a balancer needs", async () => {
    upstream.script(json(200, plainCompletion()));
    const { apiKey } = await createTestCaller(db);
    const server = await serve({ SHUTDOWN_GRACE_MS: "1500" });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const stopped = server.stop();
    await until(async () => ((await fetch(`${server.url}/readyz`)).status === 503 ? true : null));
    const call = await post(`${server.url}/v1/chat/completions`, apiKey, chatBody());
    expect(call.status).toBe(200);
    expect(call.headers.get("connection")).toBe("close");
    expect(await stopped).toBe(0);
    await expect(fetch(`${server.url}/readyz`)).rejects.toThrow();
  });

  test("lets an open stream finish, refuses new calls, and ends with status 0", async () => {
    const events = plainStream();
    let finish: () => void = () => undefined;
    const mayFinish = new Promise<void>((resolve) => {
      finish = resolve;
    });
    upstream.script(async (res) => {
      res.writeHead(200, { "content-type": "text/event-stream" });
      res.write(chunk({ content: "Half" }));
      await mayFinish;
      res.end(events.join(""));
    });
    const { apiKey } = await createTestCaller(db);
    const server = await serve();
    const stream = await openStream(server.url, apiKey);
    const stopped = server.stop();
    await until(() => (server.output().includes("Stopping") ? true : null));
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    finish();
    expect(await stream.rest()).toContain("[DONE]");
    expect(await stopped).toBe(0);
    const row = await db.request.findUniqueOrThrow({ where: { id: stream.requestId } });
    expect(row.status).toBe("succeeded");
    expect(await db.process.findUnique({ where: { id: row.processId } })).toBeNull();
  });
});

describe("a gateway that closes", () => {
  test("tells open streams so, without [DONE], and settles them as interrupted", async () => {
    upstream.script(sseThenSilence(chunk({ role: "assistant" }), chunk({ content: "Half" })));
    const gateway = await startTestGateway({ databaseUrl: postgresUrl(), upstreamUrl: upstream.url });
    const { apiKey } = await createTestCaller(gateway.db);
    const { requestId, rest } = await openStream(gateway.url, apiKey);
    const drained = gateway.gateway.drain();
    const refused = await post(`${gateway.url}/v1/chat/completions`, apiKey, chatBody());
    expect(refused.status).toBe(503);
    expect(refused.headers.get("connection")).toBe("close");
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
    await gateway.gateway.close();
    await drained;
    const seen = await rest();
    expect(seen).toContain('"code":"upstream_unavailable"');
    expect(seen).not.toContain("[DONE]");
    expect(await db.request.findUnique({ where: { id: requestId } })).toMatchObject({
      status: "interrupted",
      estimated: true,
    });
    expect(await db.process.findUnique({ where: { id: gateway.processId } })).toBeNull();
    await gateway.stop();
  });
});
