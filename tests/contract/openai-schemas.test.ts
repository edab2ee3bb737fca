import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv } from "ajv";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { offline } from "#lib/gateway/upstreams/offline/testing.ts";
import { createFrameSplitter } from "#lib/wire/sse.ts";
import { postgresUrl } from "#tests/support/databases.ts";
import { createTestCaller, post, startTestGateway, type TestGateway } from "#tests/support/gateway.ts";
import { chunk, type MockUpstream, sse, startMockUpstream } from "#tests/support/mock-upstream.ts";

type Shape = "completion" | "chunk" | "response" | "event" | "error" | "model";

const schemaFile = resolve(import.meta.dirname, "../fixtures/openai/wire.schema.json");
// OpenAI's unions allow types side by side, which ajv's strict mode takes for a slip.
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: false });
ajv.addSchema(JSON.parse(readFileSync(schemaFile, "utf8")));

function expectShape(shape: Shape, value: unknown): void {
  const validate = ajv.getSchema(`openai-wire#/definitions/${shape}`);
  if (!validate) throw new Error(`There is no schema of ${shape}.`);
  const valid = validate(value);
  expect(valid, `${JSON.stringify(value)}\n${ajv.errorsText(validate.errors, { separator: "\n" })}`).toBe(
    true,
  );
}

let gateway: TestGateway;
let upstream: MockUpstream;
let failing: TestGateway;
let apiKey: string;
let picture: string;

beforeAll(async () => {
  gateway = await startTestGateway({ databaseUrl: postgresUrl(), upstreams: [offline()] });
  upstream = await startMockUpstream();
  failing = await startTestGateway({ databaseUrl: postgresUrl(), upstreamUrl: upstream.url });
  ({ apiKey } = await createTestCaller(gateway.db));
  const red = { create: { width: 8, height: 8, channels: 3 as const, background: "#d01010" } };
  picture = `data:image/png;base64,${(await sharp(red).png().toBuffer()).toString("base64")}`;
});

afterAll(async () => {
  await gateway.stop();
  await failing.stop();
  await upstream.close();
});

/** The data of every event of a stream. */
async function readEvents(answer: Response): Promise<string[]> {
  const splitter = createFrameSplitter();
  const frames = splitter.push(new Uint8Array(await answer.arrayBuffer()));
  expect(splitter.end()).toBeNull();
  return frames.flatMap(({ data }) => data ?? []);
}

const model = "moonshot/kimi-k2.6";
const weather = {
  name: "get_weather",
  description: "Get current weather for a city",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};
const time = { ...weather, name: "get_time", description: "Get the current time in a city" };
const city = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };

interface Case {
  name: string;
  prompt: string;
  image?: true;
  chat?: Record<string, unknown>;
  responses?: Record<string, unknown>;
}

const chatTools = [weather, time].map((entry) => ({ type: "function", function: entry }));
const responseTools = [weather, time].map((entry) => ({ type: "function", ...entry }));

const cases: Case[] = [
  { name: "text with thinking", prompt: "What is 12 * 12?" },
  {
    name: "text without thinking",
    prompt: "What is 12 * 12?",
    chat: { thinking: { type: "disabled" } },
    responses: { reasoning: { effort: "none" } },
  },
  {
    name: "a tool call",
    prompt: "What is the weather in Tokyo?",
    chat: { tools: chatTools.slice(0, 1) },
    responses: { tools: responseTools.slice(0, 1) },
  },
  {
    name: "parallel tool calls",
    prompt: "What is the weather in Tokyo and in Paris, and what time is it in Tokyo?",
    chat: { tools: chatTools },
    responses: { tools: responseTools },
  },
  {
    name: "a forced tool call",
    prompt: "Hello",
    chat: { tools: chatTools, tool_choice: { type: "function", function: { name: "get_time" } } },
    responses: { tools: responseTools, tool_choice: { type: "function", name: "get_time" } },
  },
  {
    name: "a JSON object",
    prompt: "Name a city as JSON.",
    chat: { response_format: { type: "json_object" } },
    responses: { text: { format: { type: "json_object" } } },
  },
  {
    name: "JSON of a schema",
    prompt: "Name a city.",
    chat: { response_format: { type: "json_schema", json_schema: { name: "city", schema: city } } },
    responses: { text: { format: { type: "json_schema", name: "city", schema: city } } },
  },
  { name: "a picture", prompt: "What is in this picture?", image: true },
  {
    name: "an answer cut by the limit",
    prompt: "Count to 200.",
    chat: { max_completion_tokens: 5 },
    responses: { max_output_tokens: 5 },
  },
  { name: "an answer cut by a stop text", prompt: "Count to 20.", chat: { stop: ["7"] } },
];

function chatBody({ prompt, image, chat }: Case, stream: boolean) {
  const content = [
    { type: "text", text: prompt },
    ...(image ? [{ type: "image_url", image_url: { url: picture } }] : []),
  ];
  const streaming = stream ? { stream, stream_options: { include_usage: true } } : {};
  return { model, messages: [{ role: "user", content }], ...streaming, ...chat };
}

function responsesBody({ prompt, image, responses }: Case, stream: boolean) {
  const content = [
    { type: "input_text", text: prompt },
    ...(image ? [{ type: "input_image", image_url: picture, detail: "auto" }] : []),
  ];
  return { model, input: [{ role: "user", content }], stream, ...responses };
}

const callChat = (body: unknown, via = gateway) => post(`${via.url}/v1/chat/completions`, apiKey, body);
const callResponses = (body: unknown, via = gateway) => post(`${via.url}/v1/responses`, apiKey, body);

describe.each(cases.map((entry) => [entry.name, entry] as const))("%s", (_name, entry) => {
  test("is a completion of OpenAI's shape", async () => {
    const answer = await callChat(chatBody(entry, false));
    expect(answer.status).toBe(200);
    expectShape("completion", await answer.json());
  });

  test("is streamed in chunks of OpenAI's shape", async () => {
    const events = await readEvents(await callChat(chatBody(entry, true)));
    expect(events.pop()).toBe("[DONE]");
    expect(events.length).toBeGreaterThan(2);
    for (const event of events) expectShape("chunk", JSON.parse(event));
  });

  test("is a response of OpenAI's shape", async () => {
    const answer = await callResponses(responsesBody(entry, false));
    expect(answer.status).toBe(200);
    expectShape("response", await answer.json());
  });

  test("is streamed in events of OpenAI's shape, numbered without a gap", async () => {
    const events = await readEvents(await callResponses(responsesBody(entry, true)));
    const read = events.filter((data) => data !== "[DONE]").map((data) => JSON.parse(data));
    for (const event of read) expectShape("event", event);
    expect(read.map((event) => event.sequence_number)).toEqual(read.map((_, index) => index));
    expect(read.at(-1)?.type).toMatch(/^response\.(completed|incomplete)$/);
  });
});

describe("errors are of OpenAI's shape", () => {
  test.each([
    ["no model", { messages: [{ role: "user", content: "x" }] }],
    ["an unknown model", { model: "none", messages: [{ role: "user", content: "x" }] }],
    ["no messages", { model }],
    ["not an object", []],
    ["not JSON", "{"],
  ])("%s", async (_name, body) => {
    for (const call of [callChat, callResponses]) {
      const answer = await call(body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expectShape("error", await answer.json());
    }
  });

  test("in the middle of a chat stream", async () => {
    upstream.script(sse(chunk({ role: "assistant", content: "Hel" })));
    const events = await readEvents(
      await callChat({ ...chatBody({ name: "", prompt: "x" }, true) }, failing),
    );
    expectShape("chunk", JSON.parse(events[0] ?? ""));
    expectShape("error", JSON.parse(events.at(-1) ?? ""));
  });

  test("in the middle of a response stream", async () => {
    upstream.script(sse(chunk({ role: "assistant", content: "Hel" })));
    const events = await readEvents(
      await callResponses(responsesBody({ name: "", prompt: "x" }, true), failing),
    );
    const read = events.map((data) => JSON.parse(data));
    for (const event of read) expectShape("event", event);
    expect(read.at(-1)?.type).toMatch(/^(response\.failed|error)$/);
  });
});

test("listed models are of OpenAI's shape", async () => {
  const headers = { authorization: `Bearer ${apiKey}` };
  const listed = await fetch(`${gateway.url}/v1/models`, { headers }).then((answer) => answer.json());
  expect(listed.data.length).toBeGreaterThan(0);
  for (const entry of listed.data) expectShape("model", entry);
});
