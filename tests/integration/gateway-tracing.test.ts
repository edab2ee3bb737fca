import { afterAll, beforeAll, expect, test } from "vitest";
import { databases } from "#tests/support/databases.ts";
import { chatBody, createTestCaller, post, startTestGateway } from "#tests/support/gateway.ts";
import {
  json,
  type MockUpstream,
  plainStream,
  sse,
  startMockUpstream,
} from "#tests/support/mock-upstream.ts";
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from "#tests/support/otlp-receiver.ts";

const [SERVER, CLIENT, INTERNAL, ERROR] = [2, 3, 1, 2];
const caller = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };

let receiver: OtlpReceiver;
let upstream: MockUpstream;
let requestId: string;
let apiKey: string;

/** One streamed call whose first try fails, one refused for its key; then everything is sent. */
beforeAll(async () => {
  [receiver, upstream] = await Promise.all([startOtlpReceiver(), startMockUpstream()]);
  const gateway = await startTestGateway({
    databaseUrl: databases[0]?.url ?? "",
    upstreamUrl: upstream.url,
    otlpEndpoint: receiver.url,
  });
  ({ apiKey } = await createTestCaller(gateway.db));
  const url = `${gateway.url}/v1/chat/completions`;
  upstream.script(json(503, {}), sse(...plainStream()));
  const headers = { traceparent: `00-${caller.traceId}-${caller.spanId}-01` };
  const response = await post(url, apiKey, chatBody({ stream: true }), { headers });
  requestId = response.headers.get("x-request-id") ?? "";
  expect(await response.text()).toContain("[DONE]");
  await (await post(url, "sk-aig-nonsense", chatBody())).text();
  await (await fetch(`${gateway.url}/healthz`)).text();
  await gateway.stop();
});

afterAll(async () => {
  await receiver.close();
  await upstream.close();
});

const spansOf = (traceId: string): ReceivedSpan[] =>
  receiver.spans.filter((span) => span.traceId === traceId);

test("a call is one trace under the caller's own: admission, each try, settlement", () => {
  const spans = spansOf(caller.traceId);
  const root = spans.find(({ kind }) => kind === SERVER);
  expect(root).toMatchObject({ name: "POST /v1/chat/completions", parentSpanId: caller.spanId });
  const children = spans.filter((span) => span !== root);
  expect(children.every(({ parentSpanId }) => parentSpanId === root?.spanId)).toBe(true);
  expect(children.map(({ name, kind }) => [name, kind])).toEqual([
    ["admit", INTERNAL],
    ["chat moonshot/kimi-k2.6", CLIENT],
    ["chat moonshot/kimi-k2.6", CLIENT],
    ["settle", INTERNAL],
  ]);
});

test("its attributes say what was asked of whom, and what it took", () => {
  const spans = spansOf(caller.traceId);
  expect(spans.find(({ kind }) => kind === SERVER)?.attributes).toMatchObject({
    "http.request.method": "POST",
    "http.response.status_code": 200,
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "moonshot/kimi-k2.6",
    "gen_ai.provider.name": "mock",
    "gen_ai.usage.input_tokens": 10,
    "gen_ai.usage.output_tokens": 5,
    "aig.request_id": requestId,
    "aig.attempts": 2,
  });
  const [failed, answered] = spans.filter(({ kind }) => kind === CLIENT);
  expect(failed?.attributes).toMatchObject({ "error.type": "upstream_unavailable" });
  expect(failed?.status.code).toBe(ERROR);
  expect(answered?.attributes).toMatchObject({ "gen_ai.provider.name": "mock" });
  expect(answered?.attributes["error.type"]).toBeUndefined();
});

test("a refused call is a trace of its own that names the error; probes make none", () => {
  const others = receiver.spans.filter(({ traceId }) => traceId !== caller.traceId);
  expect(others).toHaveLength(1);
  expect(others[0]).toMatchObject({
    kind: SERVER,
    status: { code: ERROR },
    attributes: { "error.type": "invalid_key", "http.response.status_code": 401 },
  });
});

test("no key and nothing of what was said is sent", () => {
  const text = receiver.received();
  expect(text).toContain("aigateway");
  for (const secret of [
    apiKey,
    apiKey.slice(7, 30),
    "sk-aig",
    "sk-upstream",
    "Say hello",
    "Hello",
    "A greeting",
  ]) {
    expect(text).not.toContain(secret);
  }
});
