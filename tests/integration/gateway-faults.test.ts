import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
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
  type MockAnswer,
  type MockUpstream,
  plainCompletion,
  refuse,
  silence,
  sse,
  sseThenReset,
  sseThenSilence,
  startMockUpstream,
  text,
  usageChunk,
} from "#tests/support/mock-upstream.ts";
import { badTool, overloaded, upstreamFailures } from "#tests/support/upstream-failures.ts";

let upstream: MockUpstream;
let gateway: TestGateway;
let caller: Awaited<ReturnType<typeof createTestCaller>>;

beforeAll(async () => {
  upstream = await startMockUpstream();
  gateway = await startTestGateway({
    databaseUrl: databases[0]?.url ?? "",
    upstreamUrl: upstream.url,
    timeouts: { firstByteMs: 400, idleMs: 400, totalMs: 3_000 },
    keepAliveMs: 150,
  });
});

beforeEach(async () => {
  caller = await createTestCaller(gateway.db);
});

afterAll(async () => {
  await gateway.stop();
  await upstream.close();
});

const chat = (fields: Record<string, unknown> = {}, init: { signal?: AbortSignal } = {}) =>
  post(`${gateway.url}/v1/chat/completions`, caller.apiKey, chatBody(fields), init);

async function onlyRequest() {
  const rows = await gateway.db.request.findMany({ where: { accountId: caller.accountId } });
  expect(rows).toHaveLength(1);
  return getRequest(gateway.db, caller.accountId, rows[0]?.id ?? "");
}

describe("an upstream that fails before its first byte", () => {
  test.each(upstreamFailures.flatMap((failure) => [false, true].map((stream) => ({ ...failure, stream }))))(
    "$what (stream: $stream)",
    async ({ answer, status, code, tries, stream }) => {
      upstream.script(answer);
      const response = await chat({ stream });
      expect(response.status).toBe(status);
      const { error } = await response.json();
      expect(Object.keys(error).sort()).toEqual(["code", "message", "param", "type"]);
      expect(error.code).toBe(code);
      expect(JSON.stringify(error)).not.toContain("sk-upstream");
      expect(upstream.calls).toHaveLength(tries);
      expect(response.headers.get("x-aig-attempts")).toBe(String(tries));
      const metered = await onlyRequest();
      expect(metered).toMatchObject({
        status: "failed",
        errorCode: code,
        costNanoUsd: 0n,
        estimated: false,
        attempts: tries,
      });
      expect(metered?.usage.promptTokens).toBe(0);
    },
  );

  test("names the field at fault where the upstream does", async () => {
    upstream.script(json(400, badTool));
    const { error } = await (await chat()).json();
    expect(error).toMatchObject({ message: "function name f is duplicated", param: "tools" });
  });

  test("is tried again and billed once when the next try works", async () => {
    upstream.script(json(429, overloaded, { "retry-after": "0" }), refuse(), json(200, plainCompletion()));
    const response = await chat();
    expect(response.status).toBe(200);
    expect(response.headers.get("x-aig-attempts")).toBe("3");
    expect(await onlyRequest()).toMatchObject({
      status: "succeeded",
      attempts: 3,
      usage: { promptTokens: 10, completionTokens: 5 },
    });
  });

  test("nobody listening is 503", async () => {
    const lonely = await startTestGateway({
      databaseUrl: databases[0]?.url ?? "",
      upstreamUrl: "http://127.0.0.1:9/v1",
    });
    const { apiKey } = await createTestCaller(lonely.db);
    const response = await post(`${lonely.url}/v1/chat/completions`, apiKey, chatBody());
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: "upstream_unavailable" } });
    await lonely.stop();
  });

  test.each([{ stream: true }, { stream: false }])("silence is a timeout (%o)", async (fields) => {
    upstream.script(silence());
    const response = await chat(fields);
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ error: { code: "upstream_timeout" } });
    expect(upstream.calls).toHaveLength(1);
    await upstream.calls[0]?.closed;
    expect(await onlyRequest()).toMatchObject({
      status: "failed",
      errorCode: "upstream_timeout",
      costNanoUsd: 0n,
    });
  });

  test("an error as the first event of a stream is an error response", async () => {
    upstream.script(sse(`data: ${JSON.stringify(overloaded)}\n\n`));
    const response = await chat({ stream: true });
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: "upstream_unavailable" } });
  });

  test.each(['{"choices": [', "null", "[]", "{}", '{"choices":[]}'])(
    "an answer of %s is an upstream error",
    async (body) => {
      upstream.script(text(200, "application/json", body));
      const response = await chat();
      expect(response.status).toBe(502);
      expect(await onlyRequest()).toMatchObject({
        status: "failed",
        errorCode: "upstream_error",
        costNanoUsd: 0n,
      });
    },
  );
});

describe("an upstream that fails after its first byte", () => {
  const begun = [
    chunk({ role: "assistant", content: "" }),
    chunk({ reasoning_content: "Thinking of it." }),
    chunk({ content: "Half an" }),
  ];

  test.each<{ what: string; answer: MockAnswer; code: string }>([
    {
      what: "an error event",
      answer: sse(...begun, `data: ${JSON.stringify(overloaded)}\n\n`, done),
      code: "upstream_unavailable",
    },
    { what: "the end without [DONE]", answer: sse(...begun), code: "upstream_error" },
    { what: "a finish without [DONE]", answer: sse(...begun, chunk({}, "stop")), code: "upstream_error" },
    { what: "[DONE] without a finish", answer: sse(...begun, done), code: "upstream_error" },
    { what: "half an event", answer: sse(...begun, 'data: {"choices": [{'), code: "upstream_error" },
    { what: "a reset", answer: sseThenReset(...begun), code: "upstream_error" },
    { what: "silence", answer: sseThenSilence(...begun), code: "upstream_timeout" },
  ])("$what becomes an error in the stream, which never looks like success", async ({ answer, code }) => {
    upstream.script(answer);
    const response = await chat({ stream: true });
    expect(response.status).toBe(200);
    const body = await response.text();
    expect(body).not.toContain("[DONE]");
    const events = body.split("\n\n").filter((event) => event.startsWith("data: "));
    expect(JSON.parse(events.at(-1)?.slice(6) ?? "")).toMatchObject({
      error: { code, param: null, type: "server_error" },
    });
    const metered = await onlyRequest();
    expect(metered).toMatchObject({ status: "failed", errorCode: code, httpStatus: 200, estimated: true });
    expect(metered?.usage.completionTokens).toBeGreaterThan(0);
    expect(metered?.usage.promptTokens).toBeGreaterThan(0);
    expect(upstream.calls).toHaveLength(1);
  });

  test("is billed what the upstream reported, where it did", async () => {
    upstream.script(sse(...begun, chunk({}, "stop"), usageChunk()));
    await (await chat({ stream: true })).text();
    expect(await onlyRequest()).toMatchObject({
      status: "failed",
      estimated: false,
      usage: { promptTokens: 10, completionTokens: 5 },
    });
  });

  test("and had produced nothing costs nothing", async () => {
    upstream.script(sse(chunk({ role: "assistant", content: "" })));
    await (await chat({ stream: true })).text();
    expect(await onlyRequest()).toMatchObject({ status: "failed", estimated: false, costNanoUsd: 0n });
  });
});
