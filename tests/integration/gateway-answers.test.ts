import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getRequest } from "#lib/usage/store/requests.ts";
import { databases } from "#tests/support/databases.ts";
import {
  chatBody,
  createTestCaller,
  post,
  startTestGateway,
  type TestGateway,
} from "#tests/support/gateway.ts";
import {
  chunk,
  done,
  json,
  type MockUpstream,
  mockUsage,
  plainCompletion,
  plainStream,
  sse,
  startMockUpstream,
} from "#tests/support/mock-upstream.ts";

let upstream: MockUpstream;
let gateway: TestGateway;
let caller: Awaited<ReturnType<typeof createTestCaller>>;

beforeAll(async () => {
  upstream = await startMockUpstream();
  const [database] = databases;
  gateway = await startTestGateway({ databaseUrl: database?.url ?? "", upstreamUrl: upstream.url });
  caller = await createTestCaller(gateway.db);
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

const chat = (fields: Record<string, unknown>) =>
  post(`${gateway.url}/v1/chat/completions`, caller.apiKey, chatBody(fields));

async function meteredOf(response: Response) {
  const request = await getRequest(gateway.db, caller.accountId, response.headers.get("x-request-id") ?? "");
  if (!request) throw new Error("The request is not metered.");
  return request;
}

describe("the record", () => {
  test("is final when the client has its whole answer", async () => {
    upstream.script(sse(...plainStream()));
    const response = await chat({ stream: true });
    await response.text();
    const record = await fetch(`${gateway.url}/v1/requests/${response.headers.get("x-request-id")}`, {
      headers: { authorization: `Bearer ${caller.apiKey}` },
    });
    expect(await record.json()).toMatchObject({
      status: "succeeded",
      usage: { prompt_tokens: mockUsage.prompt_tokens, completion_tokens: mockUsage.completion_tokens },
      cost_nano_usd: 10 * 950 + 5 * 4000,
      time_to_first_token_ms: expect.any(Number),
    });
  });

  test("of another account is not there", async () => {
    upstream.script(json(200, plainCompletion()));
    const response = await chat({});
    const stranger = await createTestCaller(gateway.db);
    const record = await fetch(`${gateway.url}/v1/requests/${response.headers.get("x-request-id")}`, {
      headers: { authorization: `Bearer ${stranger.apiKey}` },
    });
    expect(record.status).toBe(404);
    expect(await record.json()).toMatchObject({ error: { code: "not_found" } });
  });
});

describe("/v1/responses", () => {
  test("a stream has every event in order, ends completed and is metered", async () => {
    upstream.script(sse(...plainStream()));
    const response = await post(`${gateway.url}/v1/responses`, caller.apiKey, {
      model: "moonshot/kimi-k2.6",
      input: "Say hello.",
      stream: true,
    });
    const events = (await response.text())
      .trim()
      .split("\n\n")
      .map((event) => JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? "null"));
    expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, at) => at));
    expect(events.at(-1)).toMatchObject({
      type: "response.completed",
      response: { status: "completed", usage: { input_tokens: 10, output_tokens: 5 } },
    });
    expect(await meteredOf(response)).toMatchObject({
      status: "succeeded",
      endpoint: "responses",
      usage: { promptTokens: 10, completionTokens: 5 },
    });
  });

  test("a stream that breaks off fails in the stream and never completes", async () => {
    upstream.script(sse(chunk({ role: "assistant" }), chunk({ content: "Half" })));
    const response = await post(`${gateway.url}/v1/responses`, caller.apiKey, {
      model: "moonshot/kimi-k2.6",
      input: "Say hello.",
      stream: true,
    });
    const text = await response.text();
    expect(text).toContain("event: response.failed");
    expect(text).toContain("event: error");
    expect(text).not.toContain("response.completed");
    expect(await meteredOf(response)).toMatchObject({
      status: "failed",
      errorCode: "upstream_error",
      estimated: true,
    });
  });

  test("a whole answer is a response object", async () => {
    upstream.script(json(200, plainCompletion()));
    const response = await post(`${gateway.url}/v1/responses`, caller.apiKey, {
      model: "moonshot/kimi-k2.6",
      input: "Say hello.",
      tools: [{ type: "web_search" }],
    });
    expect(await response.json()).toMatchObject({
      object: "response",
      status: "completed",
      output: [{ type: "reasoning" }, { type: "message" }],
    });
    expect(response.headers.get("x-aig-warning")).toContain("web_search");
  });
});

test("the connection to the upstream is kept for the next call", async () => {
  upstream.script(sse(chunk({ content: "a" }), chunk({}, "stop"), done));
  for (let call = 0; call < 3; call++) await (await chat({ stream: true })).text();
  expect(upstream.calls).toHaveLength(3);
  expect(new Set(upstream.calls.map((call) => call.remotePort)).size).toBe(1);
});
