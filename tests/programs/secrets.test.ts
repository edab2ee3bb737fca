import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signPayToken } from "#lib/accounts/pay-token.ts";
import { signUp } from "#lib/accounts/sign-up.ts";
import type { Db } from "#lib/db/client.ts";
import { openTestDb, postgresUrl } from "#tests/support/databases.ts";
import { chatBody, post } from "#tests/support/gateway.ts";
import {
  json,
  type MockUpstream,
  plainCompletion,
  plainStream,
  sse,
  sseThenReset,
  startMockUpstream,
} from "#tests/support/mock-upstream.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const random = () => randomBytes(18).toString("hex");
const password = `password-${random()}`;
const upstreamKey = `sk-upstream-${random()}`;
const authSecret = `auth-secret-${random()}`;

let db: Db;
let upstream: MockUpstream;
let server: TestServer;

beforeAll(async () => {
  db = openTestDb(postgresUrl());
  upstream = await startMockUpstream();
  server = await startServer({
    databaseUrl: postgresUrl(),
    env: {
      LOG_LEVEL: "trace",
      UPSTREAM_BASE_URL: upstream.url,
      UPSTREAM_API_KEY: upstreamKey,
      AUTH_SECRET: authSecret,
    },
  });
});

afterAll(async () => {
  await server.stop();
  await upstream.close();
  await db.$disconnect();
});

/** Every column that can hold text, as `table.column`, in which one of the secrets stands. */
async function findInDatabase(secrets: readonly string[]): Promise<string[]> {
  const columns = await db.$queryRaw<{ table: string; column: string }[]>`
    SELECT c.table_name AS "table", c.column_name AS "column"
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'`;
  expect(columns.length).toBeGreaterThan(50);
  const found: string[] = [];
  for (const { table, column } of columns) {
    for (const secret of secrets) {
      const hex = Buffer.from(secret).toString("hex");
      const [hit] = await db.$queryRawUnsafe<{ there: boolean }[]>(
        `SELECT EXISTS (SELECT FROM "${table}" WHERE position($1 in "${column}"::text) > 0
          OR position($2 in "${column}"::text) > 0) AS there`,
        secret,
        hex,
      );
      if (hit?.there) found.push(`${table}.${column}`);
    }
  }
  return found;
}

test("no key, password, token or upstream key reaches a log, a metric, an error or a column", async () => {
  const form = { email: `${random()}@example.com`, name: null, password };
  const caller = { address: random(), now: new Date() };
  const { account, apiKey } = await signUp(db, form, caller);
  const payToken = signPayToken(authSecret, { accountId: account.id, now: Date.now(), ttlMs: 60_000 });
  const told: string[] = [];
  const call = async (path: string, key: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await post(`${server.url}${path}`, key, body, { headers });
    told.push(JSON.stringify([...answer.headers]), await answer.text());
    return answer.status;
  };
  const chat = "/v1/chat/completions";

  upstream.script(sse(...plainStream()));
  expect(await call(chat, apiKey, chatBody({ stream: true }))).toBe(200);
  expect(
    await call("/v1/responses", payToken, { model: "moonshot/kimi-k2.6", input: "x", stream: true }),
  ).toBe(200);
  upstream.script(json(200, plainCompletion()));
  expect(await call(chat, apiKey, chatBody(), { "idempotency-key": random() })).toBe(200);
  // An upstream that repeats what it was sent, as some do when they refuse a key.
  upstream.script(json(401, { error: { message: `Incorrect API key provided: ${upstreamKey}` } }));
  expect(await call(chat, apiKey, chatBody())).toBeGreaterThanOrEqual(400);
  upstream.script(sseThenReset(...plainStream().slice(0, 2)));
  await call(chat, apiKey, chatBody({ stream: true }));
  expect(await call(chat, apiKey, `{"model": "${apiKey}`)).toBe(400);
  expect(await call(chat, apiKey, chatBody({ temperature: password }))).toBeGreaterThanOrEqual(200);
  expect(await call(chat, `${apiKey.slice(0, -1)}!`, chatBody())).toBe(401);
  expect(await call(chat, `${payToken}x`, chatBody())).toBe(401);
  expect(await call("/v1/none", apiKey, {})).toBe(404);

  const metrics = await fetch(`${server.url}/metrics`).then((answer) => answer.text());
  const secrets = [apiKey, password, payToken, upstreamKey, authSecret, apiKey.slice(12)];
  const places = { log: server.output(), metrics, answers: told.join("\n") };
  expect(places.log).toContain(account.id);
  for (const [place, text] of Object.entries(places)) {
    for (const [index, secret] of secrets.entries()) {
      expect(text.includes(secret), `secret ${index} in the ${place}`).toBe(false);
    }
  }
  expect(await findInDatabase(secrets)).toEqual([]);
});
