import { Pool } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "#lib/db/client.ts";
import { makeKey } from "#lib/keys/key-format.ts";
import { openTestDb, postgresUrl } from "#tests/support/databases.ts";
import { chatBody, createTestCaller, expectError, post } from "#tests/support/gateway.ts";
import { json, type MockUpstream, plainCompletion, startMockUpstream } from "#tests/support/mock-upstream.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const mib = 1024 * 1024;
const model = "moonshot/kimi-k2.6";

let db: Db;
let upstream: MockUpstream;
let server: TestServer;
let caller: Awaited<ReturnType<typeof createTestCaller>>;

beforeAll(async () => {
  db = openTestDb(postgresUrl());
  upstream = await startMockUpstream();
  upstream.script(json(200, plainCompletion()));
  server = await startServer({
    databaseUrl: postgresUrl(),
    env: { UPSTREAM_BASE_URL: upstream.url, LOG_LEVEL: "info" },
  });
  caller = await createTestCaller(db);
});

afterAll(async () => {
  await server.stop();
  await upstream.close();
  await db.$disconnect();
});

async function residentBytes(): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]);
}

const call = (body: unknown, path = "chat/completions") =>
  post(`${server.url}/v1/${path}`, caller.apiKey, body);

/** So many calls, each with an unknown key of its own, 50 at a time. */
async function flood(calls: number): Promise<void> {
  const pool = new Pool(server.url, { connections: 50 });
  let left = calls;
  const body = JSON.stringify(chatBody());
  const send = async () => {
    while (left-- > 0) {
      const answer = await pool.request({
        path: "/v1/chat/completions",
        method: "POST",
        headers: { authorization: `Bearer ${makeKey()}`, "content-type": "application/json" },
        body,
      });
      await answer.body.dump();
      if (answer.statusCode !== 401) throw new Error(`An unknown key got ${answer.statusCode}.`);
    }
  };
  await Promise.all(Array.from({ length: 50 }, send));
  await pool.close();
}

test("26,000 calls with unknown keys write no row and no log line, take no memory, and good calls are answered meanwhile", async () => {
  await (await call(chatBody())).text();
  // The heap takes its size at full load first.
  await flood(10_000);
  const warm = await residentBytes();
  const loggedBefore = server.output().length;
  let good = 0;
  let flooding = true;
  const serveGood = async () => {
    while (flooding) {
      const response = await call(chatBody());
      expect(response.status).toBe(200);
      await response.text();
      good++;
    }
  };
  await Promise.all([
    serveGood(),
    flood(16_000).finally(() => {
      flooding = false;
    }),
  ]);
  expect(good).toBeGreaterThan(20);
  expect((await residentBytes()) - warm).toBeLessThan(64 * mib);
  const { processId } = await db.request.findFirstOrThrow({ where: { accountId: caller.accountId } });
  // Whatever this process has written is of the account that has a key.
  const rows = await db.request.groupBy({ by: ["accountId"], where: { processId }, _count: true });
  expect(rows).toEqual([{ accountId: caller.accountId, _count: good + 1 }]);
  expect(
    server
      .output()
      .slice(loggedBefore)
      .match(/invalid_key/g),
  ).toBeNull();
  // A few seconds, but for a machine with other work.
}, 180_000);

test("a million messages and 100,000 levels are refused by the field's name, and take no memory", async () => {
  const item = '{"role":"user","content":"x"}';
  const million = `[${`${item},`.repeat(999_999)}${item}]`;
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const bodies = [
    { path: "chat/completions", field: "messages" },
    { path: "responses", field: "input" },
  ].flatMap(({ path, field }) =>
    [million, deep].map((value) => ({ path, field, body: `{"model":"${model}","${field}":${value}}` })),
  );
  const sendAll = async () => {
    for (const { path, field, body } of bodies) {
      expect(await expectError(await call(body, path), 400, "invalid_request")).toMatchObject({
        param: field,
      });
    }
  };
  await sendAll();
  const warm = await residentBytes();
  for (let round = 0; round < 4; round++) await sendAll();
  expect((await residentBytes()) - warm).toBeLessThan(96 * mib);
  expect((await call(chatBody())).status).toBe(200);
});
