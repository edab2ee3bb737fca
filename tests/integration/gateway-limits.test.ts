import { Readable } from "node:stream";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signPayToken } from "#lib/accounts/pay-token.ts";
import { hashKey, makeKey } from "#lib/keys/key-format.ts";
import { createKey, revokeKey } from "#lib/keys/store.ts";
import { createTestAccount, databases } from "#tests/support/databases.ts";
import {
  chatBody,
  createTestCaller,
  expectError,
  post,
  startTestGateway,
  type TestGateway,
  testSecret,
} from "#tests/support/gateway.ts";
import { json, type MockUpstream, plainCompletion, startMockUpstream } from "#tests/support/mock-upstream.ts";

describe.each(databases)("limits through a running gateway on $name", ({ url }) => {
  let upstream: MockUpstream;
  let gateway: TestGateway;

  beforeAll(async () => {
    upstream = await startMockUpstream();
    upstream.script(json(200, plainCompletion()));
    gateway = await startTestGateway({
      databaseUrl: url,
      upstreamUrl: upstream.url,
      limits: { trialRequestsPerMinute: 1_000 },
    });
  });

  afterAll(async () => {
    await gateway.stop();
    await upstream.close();
  });

  const chat = (apiKey: string, body: unknown = chatBody()) =>
    post(`${gateway.url}/v1/chat/completions`, apiKey, body);

  test("500 parallel requests over 5 keys of one account with 100 left let exactly 100 through", async () => {
    const account = await createTestAccount(gateway.db, { plan: "trial" });
    const keys = await Promise.all(
      Array.from(
        { length: 5 },
        async (_, at) => (await createKey(gateway.db, account.id, { name: `key ${at}` })).secret,
      ),
    );
    upstream.calls.length = 0;
    const responses = await Promise.all(Array.from({ length: 500 }, (_, at) => chat(keys[at % 5] ?? "")));
    const passed = responses.filter((response) => response.status === 200);
    const refused = responses.filter((response) => response.status === 429);
    expect([passed.length, refused.length]).toEqual([100, 400]);
    expect(upstream.calls).toHaveLength(100);
    for (const response of refused) {
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(response.headers.get("x-ratelimit-limit-requests")).toBe("100");
      expect(response.headers.get("x-ratelimit-remaining-requests")).toBe("0");
      expect(response.headers.get("x-ratelimit-reset-requests")).toMatch(/^\d+s$/);
      expect((await response.json()).error.code).toBe("daily_quota_exceeded");
    }
    expect(await gateway.db.request.count({ where: { accountId: account.id } })).toBe(100);
  });

  test("requests per minute are counted for each key, and told on every answer", async () => {
    const { apiKey } = await createTestCaller(gateway.db, { key: { requestsPerMinute: 3 } });
    const responses = await Promise.all(Array.from({ length: 10 }, () => chat(apiKey)));
    const passed = responses.filter((response) => response.status === 200);
    expect(passed.map((response) => response.headers.get("x-ratelimit-remaining-requests")).sort()).toEqual([
      "0",
      "1",
      "2",
    ]);
    const [refused] = responses.filter((response) => response.status !== 200);
    expect(refused?.headers.get("x-ratelimit-limit-requests")).toBe("3");
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
    if (refused) await expectError(refused, 429, "rate_limited");
    expect(passed).toHaveLength(3);
  });

  test("a key out of scope is refused", async () => {
    const { apiKey } = await createTestCaller(gateway.db, { key: { modelPatterns: ["other/*"] } });
    await expectError(await chat(apiKey), 403, "scope_exceeded");
  });

  test("a budget that may not cover the request refuses it, and nothing is sent", async () => {
    const { apiKey, accountId } = await createTestCaller(gateway.db, {
      key: { monthlyBudgetNanoUsd: 1_000n },
    });
    upstream.calls.length = 0;
    await expectError(await chat(apiKey), 402, "budget_exceeded");
    expect(upstream.calls).toHaveLength(0);
    expect(await gateway.db.request.count({ where: { accountId } })).toBe(0);
  });

  test("unknown, malformed, revoked and missing keys get the same shape and write nothing", async () => {
    const { apiKey, accountId, keyId } = await createTestCaller(gateway.db);
    await revokeKey(gateway.db, accountId, keyId);
    const ids: string[] = [];
    const refused = [makeKey(), `${makeKey().slice(0, -1)}!`, "sk-aig-short", "aigp.e30.e30", apiKey];
    for (const key of refused) {
      const response = await chat(key);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      const error = await expectError(response, 401, "invalid_key");
      expect(JSON.stringify(error)).not.toContain(key.slice(-8));
      ids.push(response.headers.get("x-request-id") ?? "");
    }
    await expectError(await fetch(`${gateway.url}/v1/models`), 401, "invalid_key");
    const subjects = [keyId, ...refused, ...refused.map(hashKey)];
    expect(await gateway.db.request.count({ where: { OR: [{ id: { in: ids } }, { accountId }] } })).toBe(0);
    expect(await gateway.db.rateWindow.count({ where: { subject: { in: subjects } } })).toBe(0);
    expect(await gateway.db.dailyQuota.count({ where: { accountId } })).toBe(0);
    for (const key of refused) expect(gateway.logged()).not.toContain(key);
  });

  test("the chat pays with a signed token, and its requests are told apart", async () => {
    const account = await createTestAccount(gateway.db, { plan: "paid" });
    const token = signPayToken(testSecret, { accountId: account.id, now: Date.now(), ttlMs: 60_000 });
    expect((await chat(token)).status).toBe(200);
    const [row] = await gateway.db.request.findMany({ where: { accountId: account.id } });
    expect(row).toMatchObject({ source: "chat", keyId: null, status: "succeeded" });
    const expired = signPayToken(testSecret, { accountId: account.id, now: Date.now() - 60_000, ttlMs: 1 });
    await expectError(await chat(expired), 401, "invalid_key");
  });

  describe("a bad body names its field and costs no quota", () => {
    const deep = `${'{"model":"moonshot/kimi-k2.6","messages":'}${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    const million = `{"model":"moonshot/kimi-k2.6","messages":[${Array.from({ length: 1_000_000 }, () => '{"role":"user"}').join(",")}]}`;
    const bodies: { what: string; body: unknown; status?: number; code?: string; param?: string | null }[] = [
      { what: "nothing", body: "", param: null },
      { what: "no JSON", body: "{nope", param: null },
      { what: "no object", body: "[1]", param: null },
      { what: "no messages", body: { model: "moonshot/kimi-k2.6" }, param: "messages" },
      {
        what: "a role that is none",
        body: chatBody({ messages: [{ role: "god", content: "x" }] }),
        param: "messages[0].role",
      },
      { what: "a text instead of a number", body: chatBody({ max_tokens: "many" }), param: "max_tokens" },
      {
        what: "an unknown model",
        body: chatBody({ model: "moonshot/none" }),
        status: 404,
        code: "model_not_found",
        param: "model",
      },
      {
        what: "more than the context holds",
        body: chatBody({ messages: [{ role: "user", content: "word".repeat(600_000) }] }),
        code: "context_length_exceeded",
        param: "messages",
      },
      { what: "100,000 levels", body: deep, param: "messages" },
      { what: "a million messages", body: million, param: "messages" },
    ];

    test.each(bodies)("$what", async ({ body, status = 400, code = "invalid_request", param }) => {
      const { apiKey, accountId } = await createTestCaller(gateway.db, { plan: "trial" });
      const error = await expectError(await chat(apiKey, body), status, code);
      expect(error.param).toBe(param);
      expect(await gateway.db.dailyQuota.count({ where: { accountId } })).toBe(0);
    });

    test("bytes that are not UTF-8", async () => {
      const { apiKey } = await createTestCaller(gateway.db);
      const response = await fetch(`${gateway.url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${apiKey}` },
        body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]),
      });
      await expectError(response, 400, "invalid_request");
    });

    test("more than 32 MiB, announced or not", async () => {
      const { apiKey } = await createTestCaller(gateway.db);
      await expectError(
        await chat(apiKey, chatBody({ pad: "x".repeat(33 * 1024 * 1024) })),
        413,
        "payload_too_large",
      );
      const piece = Buffer.alloc(1024 * 1024, " ");
      function* endless() {
        for (;;) yield piece;
      }
      const answer = await request(`${gateway.url}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${apiKey}` },
        body: Readable.from(endless()),
      });
      const headers = { "x-request-id": String(answer.headers["x-request-id"]) };
      const response = new Response(await answer.body.text(), { status: answer.statusCode, headers });
      await expectError(response, 413, "payload_too_large");
    });
  });

  test("paths and methods that are none answer in the same shape", async () => {
    await expectError(await fetch(`${gateway.url}/v1/nothing`), 404, "not_found");
    await expectError(await fetch(`${gateway.url}/v1/models/%zz`), 404, "not_found");
    const wrong = await fetch(`${gateway.url}/v1/chat/completions`);
    expect(wrong.headers.get("allow")).toBe("POST, OPTIONS");
    await expectError(wrong, 405, "method_not_allowed");
  });

  test("models are listed with what a client needs to choose", async () => {
    const { apiKey } = await createTestCaller(gateway.db);
    const headers = { authorization: `Bearer ${apiKey}` };
    const list = await (await fetch(`${gateway.url}/v1/models`, { headers })).json();
    expect(list).toMatchObject({
      object: "list",
      data: [{ id: "moonshot/kimi-k2.6", object: "model", context_length: 262_144 }],
    });
    for (const id of ["moonshot/kimi-k2.6", "moonshot%2Fkimi-k2.6"]) {
      expect(await (await fetch(`${gateway.url}/v1/models/${id}`, { headers })).json()).toEqual(list.data[0]);
    }
    await expectError(await fetch(`${gateway.url}/v1/models/other/one`, { headers }), 404, "model_not_found");
  });

  test("browsers may call, and read the headers", async () => {
    const preflight = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: "OPTIONS",
      headers: {
        origin: "https://example.com",
        "access-control-request-headers": "authorization,x-stainless-lang",
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization,x-stainless-lang");
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-expose-headers")).toContain("x-request-id");
  });

  test("health, readiness and metrics answer without a key", async () => {
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${gateway.url}/readyz`)).json()).toEqual({
      status: "ready",
      provider: "mock",
      upstreams: [{ name: "mock", state: "closed" }],
    });
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    expect(metrics).toMatch(/aig_requests_total\{endpoint="chat.completions",code="ok"\} \d+/);
    expect(metrics).toContain('aig_overhead_seconds_bucket{le="0.001",phase="admission"}');
    expect(metrics).not.toContain("sk-aig-");
  });
});
