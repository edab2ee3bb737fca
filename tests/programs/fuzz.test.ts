import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { offline } from "#lib/gateway/upstreams/offline/testing.ts";
import { postgresUrl } from "#tests/support/databases.ts";
import { createTestCaller, post, startTestGateway, type TestGateway } from "#tests/support/gateway.ts";
import {
  done,
  type MockUpstream,
  plainStream,
  sse,
  startMockUpstream,
} from "#tests/support/mock-upstream.ts";

const model = "moonshot/kimi-k2.6";
const numRuns = 150;

let gateway: TestGateway;
let upstream: MockUpstream;
let relaying: TestGateway;
let apiKey: string;

beforeAll(async () => {
  gateway = await startTestGateway({ databaseUrl: postgresUrl(), upstreams: [offline()] });
  upstream = await startMockUpstream();
  relaying = await startTestGateway({ databaseUrl: postgresUrl(), upstreamUrl: upstream.url });
  ({ apiKey } = await createTestCaller(gateway.db));
});

afterAll(async () => {
  await gateway.stop();
  await relaying.stop();
  await upstream.close();
});

const paths = ["/v1/chat/completions", "/v1/responses"] as const;

/** A refusal with OpenAI's four keys, or an answer; never our own failure. */
async function expectSane(path: string, body: string | Uint8Array<ArrayBuffer>): Promise<void> {
  const answer = await fetch(`${gateway.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body,
  });
  const text = await answer.text();
  expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
  if (answer.status === 200) {
    expect(text.length).toBeGreaterThan(0);
    return;
  }
  expect(answer.status, text).toBeGreaterThanOrEqual(400);
  expect(answer.status, text).toBeLessThan(500);
  expect(Object.keys(JSON.parse(text).error).sort()).toEqual(["code", "message", "param", "type"]);
}

/** A body that is fine, one for each dialect. */
const validBodies = {
  "/v1/chat/completions": {
    model,
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: [{ type: "text", text: "What is 2 + 2?" }] },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "{}" } }],
      },
      { role: "tool", tool_call_id: "a", content: "4" },
    ],
    tools: [{ type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } }],
    tool_choice: "auto",
    max_completion_tokens: 50,
    stop: ["x"],
    stream: false,
    response_format: { type: "text" },
    thinking: { type: "enabled" },
  },
  "/v1/responses": {
    model,
    input: [
      { role: "user", content: [{ type: "input_text", text: "What is 2 + 2?" }] },
      { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "Add." }] },
      { type: "function_call", call_id: "a", name: "f", arguments: "{}" },
      { type: "function_call_output", call_id: "a", output: "4" },
    ],
    tools: [{ type: "function", name: "f", parameters: { type: "object", properties: {} } }],
    max_output_tokens: 50,
    stream: false,
    text: { format: { type: "text" } },
    reasoning: { effort: "low" },
  },
};

/** Every place in a JSON value, as the keys that lead to it. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (typeof value !== "object" || value === null) return value;
  const changed = Object.entries(value).map(([name, inner]) => [
    name,
    name === key ? replaced(inner, rest, other) : inner,
  ]);
  return Array.isArray(value) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed);
}

const oddValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    null,
    "",
    -1,
    1e308,
    2 ** 53,
    {},
    [],
    [[]],
    "\u0000",
    "data:image/png;base64,AAAA",
    "a".repeat(10_000),
  ),
);

describe.each(paths)("POST %s", (path) => {
  test("any JSON is refused in OpenAI's words or answered", async () => {
    const body = fc.oneof(
      fc.json(),
      fc
        .record({ model: fc.constant(model), messages: fc.jsonValue(), input: fc.jsonValue() })
        .map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(body, (text) => expectSane(path, text)),
      { numRuns },
    );
  });

  test("a valid body with one value changed is refused or answered", async () => {
    const valid = validBodies[path];
    const mutated = fc
      .tuple(fc.constantFrom(...placesIn(valid)), oddValue)
      .map(([place, other]) => JSON.stringify(replaced(valid, place, other)));
    await fc.assert(
      fc.asyncProperty(mutated, (text) => expectSane(path, text)),
      { numRuns: numRuns * 2 },
    );
  });

  test("any bytes are refused", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), (bytes) => expectSane(path, new Uint8Array(bytes))),
      { numRuns },
    );
  });

  test("deep nesting and a million messages are refused", async () => {
    const field = path === "/v1/responses" ? "input" : "messages";
    const deep = `{"model":"${model}","${field}":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    await expectSane(path, deep);
    const message = '{"role":"user","content":"x"}';
    const many = `{"model":"${model}","${field}":[${`${message},`.repeat(999_999)}${message}]}`;
    await expectSane(path, many);
    expect((await post(`${gateway.url}${path}`, apiKey, validBodies[path])).status).toBe(200);
  });
});

test("garbage instead of HTTP closes that connection and no other", async () => {
  const { hostname, port } = new URL(gateway.url);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
      const socket = connect(Number(port), hostname);
      await new Promise<void>((resolve) => {
        socket.on("error", () => resolve()).on("close", () => resolve());
        socket.resume().end(bytes);
      });
    }),
    { numRuns: 50 },
  );
  expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
});

/** The same events as bytes, framed in one of the ways the standard allows. */
const framing = fc.record({
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  comments: fc.array(fc.constantFrom(": ping", ":", ": a: b"), { maxLength: 3 }),
  fields: fc.array(fc.constantFrom("id: 1", "retry: 10", "event: message", "unknown: x"), { maxLength: 2 }),
  space: fc.boolean(),
  cuts: fc.array(fc.nat(2_000), { maxLength: 12 }),
});

test("a stream's bytes arrive unchanged and are metered alike, however they are framed and cut", async () => {
  const events = [...plainStream().slice(0, -1), done].map((event) => event.slice(6, -2));
  await fc.assert(
    fc.asyncProperty(framing, async ({ lineEnd, comments, fields, space, cuts }) => {
      const extras = [...comments, ...fields].map((line) => line + lineEnd).join("");
      const sent = events
        .map((data) => `${extras}data:${space ? " " : ""}${data}${lineEnd}${lineEnd}`)
        .join("");
      const bytes = Buffer.from(sent);
      const edges = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const pieces = edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
      upstream.script(sse(...pieces.filter((piece) => piece.length > 0)));
      const answer = await post(`${relaying.url}/v1/chat/completions`, apiKey, {
        model,
        stream: true,
        stream_options: { include_usage: true },
        messages: [{ role: "user", content: "x" }],
      });
      expect(await answer.text()).toBe(sent);
      const id = answer.headers.get("x-request-id") ?? "";
      const row = await relaying.db.request.findUnique({ where: { id } });
      expect(row).toMatchObject({
        status: "succeeded",
        promptTokens: 10,
        completionTokens: 5,
        estimated: false,
      });
    }),
    { numRuns },
  );
});
