import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKey, type NewKey, updateKey } from "#lib/keys/store.ts";
import { setAccountBudget } from "#lib/usage/store/allowances.ts";
import { createTestAccount, databases } from "#tests/support/databases.ts";
import {
  chatBody,
  createTestCaller,
  expectError,
  post,
  startTestGateway,
  type TestGateway,
} from "#tests/support/gateway.ts";
import { json, type MockUpstream, plainCompletion, startMockUpstream } from "#tests/support/mock-upstream.ts";

const model = "moonshot/kimi-k2.6";
/** What the mocked answer costs. */
const callCost = 10 * 950 + 5 * 4000;

let upstream: MockUpstream;
let gateway: TestGateway;

beforeAll(async () => {
  upstream = await startMockUpstream();
  upstream.script(json(200, plainCompletion()));
  const [database] = databases;
  gateway = await startTestGateway({ databaseUrl: database?.url ?? "", upstreamUrl: upstream.url });
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

const caller = (key: Partial<NewKey> = {}, plan: "trial" | "paid" = "paid") =>
  createTestCaller(gateway.db, { plan, key });
const call = (apiKey: string, headers: Record<string, string> = {}, fields: Record<string, unknown> = {}) =>
  post(`${gateway.url}/v1/chat/completions`, apiKey, chatBody({ max_completion_tokens: 10, ...fields }), {
    headers,
  });
const get = (path: string, apiKey: string) =>
  fetch(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${apiKey}` } });
interface UsagePage {
  data: { start_time: number; results: { cost_nano_usd: number }[] }[];
  has_more: boolean;
  next_page: string | null;
}

async function readPage(query: string, apiKey: string): Promise<UsagePage> {
  return (await get(`/v1/usage?${query}`, apiKey)).json();
}

const rotate = (id: string, apiKey: string) => post(`${gateway.url}/v1/keys/${id}/rotate`, apiKey, "");

describe("GET /v1/key", () => {
  test("tells what a key without limits may do and has left", async () => {
    const { apiKey, keyId, accountId } = await caller({}, "trial");
    const answered = await call(apiKey);
    await answered.text();
    const key = await (await get("/v1/key", apiKey)).json();
    expect(key).toEqual({
      id: keyId,
      object: "key",
      name: "test",
      start: apiKey.slice(0, 12),
      created_at: expect.any(String),
      expires_at: null,
      replaces_key_id: null,
      model_patterns: [],
      models: [model],
      plan: "trial",
      requests_per_minute: {
        limit: 60,
        remaining: Number(answered.headers.get("x-ratelimit-remaining-requests")),
        reset_ms: expect.any(Number),
      },
      requests_per_day: { limit: 100, remaining: 99, resets_at: expect.stringMatching(/T00:00:00.000Z$/) },
      monthly_budget: null,
      account_monthly_budget: null,
    });
    expect(JSON.stringify(key)).not.toContain(accountId);
  });

  test("tells a limited key's scope and what is left of its month", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    const limit = 10n ** 12n;
    const { apiKey, accountId } = await caller({
      modelPatterns: ["other/*"],
      requestsPerMinute: 7,
      monthlyBudgetNanoUsd: limit,
      expiresAt,
    });
    await setAccountBudget(gateway.db, accountId, 5n);
    expect(await (await get("/v1/key", apiKey)).json()).toMatchObject({
      expires_at: expiresAt.toISOString(),
      model_patterns: ["other/*"],
      models: [],
      plan: "paid",
      requests_per_minute: { limit: 7, remaining: 7, reset_ms: 0 },
      requests_per_day: null,
      monthly_budget: { limit_nano_usd: 1e12, spent_nano_usd: 0, reserved_nano_usd: 0, left_nano_usd: 1e12 },
      account_monthly_budget: { limit_nano_usd: 5, left_nano_usd: 5 },
    });
  });

  test("is refused without a key", async () => {
    await expectError(await fetch(`${gateway.url}/v1/key`), 401, "invalid_key");
  });
});

describe("a limited key", () => {
  test("may use the models of its list only", async () => {
    const { apiKey } = await caller({ modelPatterns: ["other/*"] });
    await expectError(await call(apiKey), 403, "scope_exceeded");
    const { apiKey: allowed } = await caller({ modelPatterns: ["moon*/kimi-*"] });
    expect((await call(allowed)).status).toBe(200);
  });

  test("is held to its own requests per minute", async () => {
    const { apiKey } = await caller({ requestsPerMinute: 3 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => call(apiKey)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(9);
  });

  test("works until it expires", async () => {
    const { apiKey, keyId } = await caller({ expiresAt: new Date(Date.now() + 3_600_000) });
    expect((await call(apiKey)).status).toBe(200);
    await gateway.db.key.update({ where: { id: keyId }, data: { expiresAt: new Date() } });
    await expectError(await call(apiKey), 401, "invalid_key");
    await expectError(await get("/v1/key", apiKey), 401, "invalid_key");
  });

  test("switched off, is told so by every route, and works when it is on again", async () => {
    const { apiKey, keyId, accountId } = await caller();
    await updateKey(gateway.db, accountId, keyId, { disabled: true });
    await expectError(await call(apiKey), 403, "key_disabled");
    await expectError(await call(apiKey, { "idempotency-key": "once" }), 403, "key_disabled");
    for (const path of ["/v1/key", "/v1/models", "/v1/usage"])
      await expectError(await get(path, apiKey), 403, "key_disabled");
    await expectError(await rotate(keyId, apiKey), 403, "key_disabled");
    await updateKey(gateway.db, accountId, keyId, { disabled: false });
    expect((await call(apiKey, { "idempotency-key": "once" })).status).toBe(200);
  });

  test("is told that a budget only warns, and is not refused by it", async () => {
    const { apiKey } = await caller({ monthlyBudgetNanoUsd: 1n, budgetMode: "warn" });
    expect((await call(apiKey)).status).toBe(200);
    expect((await call(apiKey)).status).toBe(200);
    expect(await (await get("/v1/key", apiKey)).json()).toMatchObject({
      monthly_budget: { mode: "warn", limit_nano_usd: 1, left_nano_usd: 0, spent_nano_usd: 2 * callCost },
    });
  });

  test.each(["key", "account"])("spends no more than the budget of the %s", async (holder) => {
    const budget = 250_000n;
    const { apiKey, accountId } = await caller(holder === "key" ? { monthlyBudgetNanoUsd: budget } : {});
    if (holder === "account") await setAccountBudget(gateway.db, accountId, budget);
    let status = 200;
    for (let round = 0; round < 20 && status === 200; round += 1) status = (await call(apiKey)).status;
    expect(status).toBe(402);
    const spent = await gateway.db.request.aggregate({ where: { accountId }, _sum: { costNanoUsd: true } });
    expect(spent._sum.costNanoUsd).toBeGreaterThan(budget / 2n);
    expect(spent._sum.costNanoUsd).toBeLessThanOrEqual(budget);
  });
});

describe("POST /v1/keys/{id}/rotate", () => {
  test("gives a key of the same scope; the old one ends when it is first used", async () => {
    const { apiKey, keyId } = await caller({ requestsPerMinute: 50 });
    const response = await rotate(keyId, apiKey);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const made = await response.json();
    expect(made).toMatchObject({
      object: "key",
      replaces_key_id: keyId,
      api_key: expect.stringMatching(/^sk-aig-/),
    });
    expect((await get("/v1/key", made.api_key)).status).toBe(200);
    expect((await call(apiKey)).status).toBe(200);
    expect((await call(made.api_key)).status).toBe(200);
    await expectError(await call(apiKey), 401, "invalid_key");
    await expectError(await rotate(keyId, apiKey), 401, "invalid_key");
    expect(gateway.logged()).not.toContain(made.api_key);
  });

  test("a limited key rotates itself only, one without limits the others too, nobody another account's", async () => {
    const { id: accountId } = await createTestAccount(gateway.db);
    const limited = await createKey(gateway.db, accountId, { name: "limited", requestsPerMinute: 5 });
    const open = await createKey(gateway.db, accountId, { name: "open" });
    const stranger = await caller();
    await expectError(await rotate(open.key.id, limited.secret), 403, "scope_exceeded");
    expect((await rotate(limited.key.id, open.secret)).status).toBe(200);
    await expectError(await rotate(limited.key.id, stranger.apiKey), 404, "not_found");
    await expectError(await fetch(`${gateway.url}/v1/keys/${open.key.id}/rotate`), 405, "method_not_allowed");
  });
});

describe("a cost tag", () => {
  test("is kept on the request and grouped in /v1/usage", async () => {
    const { apiKey, keyId } = await caller();
    const tagged = await call(apiKey, { "x-aig-tag": "nightly build" });
    await call(apiKey, { "x-aig-tag": "nightly build" });
    await call(apiKey);
    const record = await (await get(`/v1/requests/${tagged.headers.get("x-request-id")}`, apiKey)).json();
    expect(record).toMatchObject({ tag: "nightly build" });
    const page = await (await get("/v1/usage?group_by=tag&group_by=key", apiKey)).json();
    expect(page).toMatchObject({ object: "page", has_more: false, next_page: null });
    expect(page.data.at(-1).results).toEqual([
      expect.objectContaining({
        tag: "nightly build",
        key_id: keyId,
        requests: 2,
        cost_nano_usd: 2 * callCost,
      }),
      expect.objectContaining({
        tag: "",
        key_id: keyId,
        requests: 1,
        cost_nano_usd: callCost,
        model: null,
        source: null,
      }),
    ]);
  });

  test.each(["x".repeat(65), "tab\there", "é"])("%j is refused before anything is sent", async (tag) => {
    const { apiKey } = await caller();
    const sent = upstream.calls.length;
    const { param } = await expectError(await call(apiKey, { "x-aig-tag": tag }), 400, "invalid_request");
    expect(param).toBe("x-aig-tag");
    expect(upstream.calls).toHaveLength(sent);
  });
});

describe("GET /v1/usage", () => {
  test("pages through all buckets once, and another account sees nothing", async () => {
    const { apiKey, accountId } = await caller();
    await (await call(apiKey)).text();
    const end = Math.floor(Date.now() / 1000) + 3600;
    const range = `start_time=${end - 10 * 86_400}&end_time=${end}&group_by=model,source`;
    const starts: number[] = [];
    let cost = 0;
    let page: string | null = "";
    while (page !== null) {
      const answer = await readPage(`${range}&limit=4${page === "" ? "" : `&page=${page}`}`, apiKey);
      expect(answer.has_more).toBe(answer.next_page !== null);
      for (const { start_time, results } of answer.data) {
        starts.push(start_time);
        for (const result of results) {
          expect(result).toMatchObject({ object: "usage.result", model, source: "api", input_tokens: 10 });
          cost += result.cost_nano_usd;
        }
      }
      page = answer.next_page;
    }
    expect(starts).toEqual(starts.map((_, at) => (starts[0] ?? 0) + at * 86_400));
    expect(starts.length).toBeGreaterThanOrEqual(10);
    expect(cost).toBe(callCost);
    const stranger = await caller();
    const other = await (await get("/v1/usage?group_by=key", stranger.apiKey)).json();
    expect(other.data.flatMap((bucket: { results: unknown[] }) => bucket.results)).toEqual([]);
    expect(JSON.stringify(other)).not.toContain(accountId);
  });

  test("an error names its parameter", async () => {
    const { apiKey } = await caller();
    const { param } = await expectError(
      await get("/v1/usage?bucket_width=1w", apiKey),
      400,
      "invalid_request",
    );
    expect(param).toBe("bucket_width");
  });
});
