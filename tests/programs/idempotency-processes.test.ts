import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#lib/db/client.ts";
import { openTestDb, postgresUrl } from "#tests/support/databases.ts";
import {
  chatBody,
  createTestCaller,
  expectError,
  post,
  startTestGateway,
  until,
} from "#tests/support/gateway.ts";
import { readUntil } from "#tests/support/idempotency.ts";
import {
  chunk,
  json,
  type MockUpstream,
  plainCompletion,
  plainStream,
  silence,
  sse,
  sseThenSilence,
  startMockUpstream,
} from "#tests/support/mock-upstream.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let db: Db;
let upstream: MockUpstream;
let caller: Awaited<ReturnType<typeof createTestCaller>>;

beforeAll(async () => {
  db = openTestDb(postgresUrl());
  upstream = await startMockUpstream();
});

beforeEach(async () => {
  caller = await createTestCaller(db);
});

afterAll(async () => {
  await upstream.close();
  await db.$disconnect();
});

const secret = "a secret of an installation of several processes";

const serve = () =>
  startServer({
    role: "gateway",
    databaseUrl: postgresUrl(),
    env: { UPSTREAM_BASE_URL: upstream.url, AUTH_SECRET: secret, LOG_LEVEL: "warn" },
  });

const send = (url: string, key: string, fields: Record<string, unknown> = {}) =>
  post(`${url}/v1/chat/completions`, caller.apiKey, chatBody(fields), {
    headers: { "idempotency-key": key },
  });

/** Opens a stream, reads until its first text, and gives what reads the rest. */
async function openStream(url: string, key: string) {
  const { rest } = await readUntil(await send(url, key, { stream: true }), "Half");
  return rest;
}

const half = () => sseThenSilence(chunk({ role: "assistant" }), chunk({ content: "Half" }));

/** The runs under way, as they are once their process has been silent for 30 s. */
const expireLeases = () =>
  db.idempotentCall.updateMany({
    where: { accountId: caller.accountId, complete: false },
    data: { expiresAt: new Date(Date.now() - 1_000) },
  });

describe("two processes on one PostgreSQL", () => {
  let servers: TestServer[];

  beforeAll(async () => {
    servers = await Promise.all([serve(), serve()]);
  });

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });

  test.each([{ stream: true }, { stream: false }])(
    "give 20 parallel calls with one key one call and 20 equal answers: %j",
    async (fields) => {
      upstream.script(fields.stream ? sse(...plainStream()) : json(200, plainCompletion()));
      const told = await Promise.all(
        Array.from({ length: 20 }, async (_, at) => {
          const response = await send(servers[at % 2]?.url ?? "", "one", fields);
          return { id: response.headers.get("x-request-id"), body: await response.text() };
        }),
      );
      expect(upstream.calls).toHaveLength(1);
      for (const { id, body } of told) expect({ id, body }).toEqual(told[0]);
      expect(await db.request.count({ where: { accountId: caller.accountId } })).toBe(1);
    },
  );
});

describe("a process that is killed", () => {
  test("leaves its followers an error and its keys free for the next call", async () => {
    const [first, second] = await Promise.all([serve(), serve()]);
    try {
      upstream.script(half());
      const own = await openStream(first.url, "streamed");
      const followed = await openStream(second.url, "streamed");
      upstream.script(silence(), json(200, plainCompletion()));
      const lost = send(first.url, "whole").catch(() => "lost");
      await until(() => upstream.calls[0] ?? null);
      const waiting = send(second.url, "whole");

      await first.kill();
      await expect(own()).rejects.toThrow();
      expect(await lost).toBe("lost");
      await expireLeases();

      const seen = await followed();
      expect(seen).toContain("Half");
      expect(seen).toContain('"code":"upstream_error"');
      expect(seen).not.toContain("[DONE]");
      const anew = await waiting;
      expect(anew.status).toBe(200);
      expect(anew.headers.get("x-aig-replayed")).toBeNull();
      upstream.script(sse(...plainStream()));
      const again = await send(second.url, "streamed", { stream: true });
      expect(await again.text()).toContain("[DONE]");
    } finally {
      await second.stop();
    }
  });
});

describe("a gateway that closes", () => {
  test("tells its own calls and those who follow others so, and keeps nothing that is not complete", async () => {
    upstream.script(half());
    const options = { databaseUrl: postgresUrl(), upstreamUrl: upstream.url };
    const [first, second] = [await startTestGateway(options), await startTestGateway(options)];
    const own = await openStream(first.url, "closing");
    const followed = await openStream(second.url, "closing");
    await second.gateway.close();
    expect(await followed()).toContain('"code":"upstream_unavailable"');
    await first.gateway.close();
    expect(await own()).toContain('"code":"upstream_unavailable"');
    const [record] = await db.idempotentCall.findMany({ where: { accountId: caller.accountId } });
    expect(record?.expiresAt.getTime()).toBeLessThan(Date.now());
    await Promise.all([first.stop(), second.stop()]);
  });

  test("refuses those who wait for an answer that has not begun", async () => {
    upstream.script(silence());
    const options = { databaseUrl: postgresUrl(), upstreamUrl: upstream.url };
    const [first, second] = [await startTestGateway(options), await startTestGateway(options)];
    const own = send(first.url, "unbegun");
    await until(() => upstream.calls[0] ?? null);
    const waiting = send(second.url, "unbegun");
    await until(() => (second.gateway.activeRequests() > 0 ? true : null));
    await second.gateway.close();
    await expectError(await waiting, 503, "upstream_unavailable");
    await first.gateway.close();
    await expectError(await own, 503, "upstream_unavailable");
    await Promise.all([first.stop(), second.stop()]);
  });
});
