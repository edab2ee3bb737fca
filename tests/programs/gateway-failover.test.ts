import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHttpUpstream } from "#lib/gateway/upstreams/http.ts";
import { parseConfig } from "#lib/ops/config.ts";
import { getRequest } from "#lib/usage/store/requests.ts";
import { databases, openTestDb, postgresUrl } from "#tests/support/databases.ts";
import {
  chatBody,
  createTestCaller,
  post,
  startTestGateway,
  type TestGateway,
  until,
} from "#tests/support/gateway.ts";
import {
  json,
  type MockUpstream,
  plainCompletion,
  plainStream,
  silence,
  sse,
  startMockUpstream,
} from "#tests/support/mock-upstream.ts";
import { startServer } from "#tests/support/server.ts";

let first: MockUpstream;
let second: MockUpstream;
let gateway: TestGateway;
let caller: Awaited<ReturnType<typeof createTestCaller>>;
const coolDownMs = 1_500;

beforeAll(async () => {
  [first, second] = await Promise.all([startMockUpstream(), startMockUpstream()]);
  const { timeouts } = parseConfig({}).upstreams;
  const toUpstream = (name: string, mock: MockUpstream) =>
    createHttpUpstream({ name, baseUrl: mock.url, apiKey: null, modelName: "kimi-k2.6", timeouts });
  gateway = await startTestGateway({
    databaseUrl: databases[0]?.url ?? "",
    upstreams: [toUpstream("first", first), toUpstream("second", second)],
    breaker: { failuresToOpen: 3, coolDownMs },
    failoverMs: 250,
  });
  caller = await createTestCaller(gateway.db);
});

beforeEach(() => {
  first.script(json(200, plainCompletion()));
  second.script(json(200, plainCompletion()));
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([first.close(), second.close()]);
});

const chat = (fields: Record<string, unknown> = {}) =>
  post(`${gateway.url}/v1/chat/completions`, caller.apiKey, chatBody(fields));

const readiness = async () => {
  const response = await fetch(`${gateway.url}/readyz`);
  return { status: response.status, body: await response.json() };
};

test("another upstream answers when the first fails: billed once, and who answered after how many tries is told", async () => {
  first.script(json(500, {}));
  const response = await chat();
  expect(response.status).toBe(200);
  expect(response.headers.get("x-aig-provider")).toBe("second");
  expect(response.headers.get("x-aig-attempts")).toBe("2");
  expect(
    await getRequest(gateway.db, caller.accountId, response.headers.get("x-request-id") ?? ""),
  ).toMatchObject({
    status: "succeeded",
    upstream: "second",
    attempts: 2,
    usage: { promptTokens: 10, completionTokens: 5 },
  });
});

test("a stream that does not begin in time is given up and taken over", async () => {
  first.script(silence());
  second.script(sse(...plainStream()));
  const response = await chat({ stream: true });
  expect(response.headers.get("x-aig-provider")).toBe("second");
  expect(await response.text()).toBe(
    plainStream()
      .filter((event) => !event.includes('"usage"'))
      .join(""),
  );
  await first.calls[0]?.closed;
});

test("when every upstream keeps failing calls are refused at once, readiness says so, and a probe brings them back", async () => {
  await (await chat()).text();
  first.script(json(500, {}));
  second.script(json(502, {}));
  const open = async () => ((await readiness()).status === 503 ? true : null);
  for (let calls = 0; calls < 3; calls++) await (await chat()).text();
  await until(open);
  expect((await readiness()).body).toMatchObject({
    status: "every upstream is failing",
    upstreams: [
      { name: "first", state: "open" },
      { name: "second", state: "open" },
    ],
  });
  first.script(json(200, plainCompletion()));
  const refused = await chat();
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toMatch(/^[12]$/);
  expect(refused.headers.get("x-aig-attempts")).toBe("0");
  expect(await refused.json()).toMatchObject({ error: { code: "upstream_unavailable", param: null } });
  expect(first.calls).toHaveLength(0);
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
  expect(metrics).toContain('aig_upstream_state{upstream="second",state="open"} 1');
  expect(metrics).toMatch(/aig_upstream_attempts_total\{upstream="first",outcome="upstream_error"\} \d/);

  await until(async () => ((await readiness()).status === 200 ? true : null));
  const answered = await chat();
  expect(answered.status).toBe(200);
  expect(answered.headers.get("x-aig-provider")).toBe("first");
});

test("the program itself serves from the upstreams of its file", async () => {
  first.script(json(500, {}));
  const folder = mkdtempSync(join(tmpdir(), "aig-upstreams-"));
  const file = join(folder, "upstreams.json");
  const entries = [
    { name: "main", baseUrl: first.url, apiKeyEnv: "MAIN_KEY" },
    { name: "spare", baseUrl: second.url, model: "other-name" },
  ];
  writeFileSync(file, JSON.stringify(entries));
  const env = { UPSTREAMS_FILE: file, MAIN_KEY: "sk-main", LOG_LEVEL: "warn" };
  const server = await startServer({ databaseUrl: postgresUrl(), env });
  const db = openTestDb(postgresUrl());
  const { apiKey } = await createTestCaller(db);
  const response = await post(`${server.url}/v1/chat/completions`, apiKey, chatBody());
  expect(response.headers.get("x-aig-provider")).toBe("spare");
  expect(first.calls[0]?.headers.authorization).toBe("Bearer sk-main");
  expect(second.calls[0]?.headers.authorization).toBeUndefined();
  expect(second.calls[0]?.body.model).toBe("other-name");
  expect(server.output()).not.toContain("sk-main");
  await server.stop();
  await db.$disconnect();
  rmSync(folder, { recursive: true });
});

test("an upstream that does not accept connections in time is an upstream timeout that says so", async () => {
  // Takes the connection and never answers the TLS handshake, so that it is never established.
  const deaf: Server = createServer();
  await new Promise<void>((resolve) => deaf.listen(0, "127.0.0.1", resolve));
  const address = deaf.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const lonely = await startTestGateway({
    databaseUrl: databases[0]?.url ?? "",
    upstreamUrl: `https://127.0.0.1:${port}/v1`,
    timeouts: { connectMs: 50 },
  });
  const { apiKey } = await createTestCaller(lonely.db);
  const response = await post(`${lonely.url}/v1/chat/completions`, apiKey, chatBody());
  expect(response.status).toBe(504);
  const { error } = await response.json();
  expect(error).toMatchObject({ code: "upstream_timeout" });
  expect(error.message).toContain("did not accept a connection");
  await lonely.stop();
  deaf.close();
});
