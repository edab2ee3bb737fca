import { createOpenAI } from "@ai-sdk/openai";
import { generateText, jsonSchema, stepCountIs, streamText, tool } from "ai";
import OpenAI from "openai";
import { expect, test } from "vitest";
import { readStreamFixture, streamFixtures } from "#tests/fixtures/streams/index.ts";
import {
  type ChatChunk,
  type ChatRequest,
  isDone,
  isUpstreamError,
  parseChatChunk,
} from "../chat-completions.ts";
import { ApiError } from "../errors.ts";
import { createFrameSplitter, formatEvent } from "../sse.ts";
import { createResponsesEncoder } from "./encoder.ts";
import { parseResponsesRequest } from "./request.ts";
import { toChatRequest } from "./to-chat-request.ts";
import { toResponse } from "./to-response.ts";

const model = "moonshot/kimi-k2.6";
type Turn = readonly ChatChunk[] | { file: string };

/** A `fetch` that answers each call with the next turn through the codec, and keeps the chat requests it was sent. */
function answering(...turns: Turn[]) {
  const chats: ChatRequest[] = [];
  let made = 0;
  const answer: typeof fetch = async (_url, init) => {
    const request = parseResponsesRequest(JSON.parse(String(init?.body)));
    chats.push(toChatRequest(request).chat);
    const newItemId = (prefix: string) => `${prefix}_${made++}`;
    const context = { responseId: "resp_1", createdAt: 1779000000, model, request, newItemId };
    const turn = turns[chats.length - 1] ?? [];
    if (!request.stream && !("file" in turn)) {
      const choices = turn.flatMap((chunk) =>
        chunk.choices.map(({ delta, ...choice }) => ({ ...choice, message: delta })),
      );
      return Response.json(toResponse({ choices, usage: turn.at(-1)?.usage }, context));
    }
    const encoder = createResponsesEncoder(context);
    const events = [
      ...encoder.start(),
      ...("file" in turn ? replay(turn.file, encoder) : [...turn.flatMap(encoder.push), ...encoder.finish()]),
    ];
    const body = events
      .map((event) => formatEvent({ event: event.type, data: JSON.stringify(event) }))
      .join("");
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  };
  return { chats, fetch: answer };
}

function replay(file: string, encoder: ReturnType<typeof createResponsesEncoder>) {
  const splitter = createFrameSplitter();
  const frames = [...splitter.push(readStreamFixture(file)), splitter.end()];
  const data = frames.flatMap((frame) => frame?.data ?? []);
  const chunks = data.flatMap((text) => parseChatChunk(text) ?? []);
  const events = chunks.flatMap((chunk) => (isUpstreamError(chunk) ? [] : encoder.push(chunk)));
  const ended = data.some(isDone)
    ? encoder.finish()
    : encoder.fail(new ApiError("upstream_error", "The upstream broke off."));
  return [...events, ...ended];
}

const aiModel = (answer: typeof fetch) =>
  createOpenAI({ baseURL: "http://localhost/v1", apiKey: "k", fetch: answer })(model);

test.each(streamFixtures)("the AI SDK reads $file as it was meant", async ({ file, ...expected }) => {
  const errors: unknown[] = [];
  const result = streamText({
    model: aiModel(answering({ file }).fetch),
    prompt: "Hi",
    maxRetries: 0,
    onError: ({ error }) => void errors.push(error),
  });
  let text = "";
  let reasoning = "";
  const calls: { id: string; name: string }[] = [];
  for await (const part of result.fullStream) {
    if (part.type === "text-delta") text += part.text;
    if (part.type === "reasoning-delta") reasoning += part.text;
    if (part.type === "tool-call") calls.push({ id: part.toolCallId, name: part.toolName });
  }
  expect(errors).toHaveLength(expected.ends === "done" ? 0 : 1);
  expect({ text, reasoning }).toEqual({ text: expected.content, reasoning: expected.reasoning });
  expect(calls).toEqual(expected.toolCalls.map(({ id, name }) => ({ id, name })));
  const reason =
    { stop: "stop", length: "length", tool_calls: "tool-calls" }[expected.finishReason ?? ""] ?? "error";
  expect(await result.finishReason).toBe(reason);
  const usage = await result.usage;
  expect([usage.inputTokens, usage.outputTokens]).toEqual([
    expected.usage?.promptTokens,
    expected.usage?.completionTokens,
  ]);
  if (expected.usage) expect(usage.inputTokenDetails.cacheReadTokens).toBe(expected.usage.cachedTokens);
});

const calling: Turn = [
  { choices: [{ delta: { reasoning_content: " Look it up.", content: "Wait. " } }] },
  {
    choices: [
      {
        delta: {
          tool_calls: [{ index: 0, id: "functions.look:0", function: { name: "look", arguments: '{"q":' } }],
        },
      },
    ],
  },
  {
    choices: [
      { delta: { tool_calls: [{ index: 0, function: { arguments: '"x"}' } }] }, finish_reason: "tool_calls" },
    ],
  },
];
const closing: Turn = [
  { choices: [{ delta: { reasoning_content: "Found.", content: "It is 42." }, finish_reason: "stop" }] },
];
const look = tool({
  inputSchema: jsonSchema<{ q: string }>({ type: "object", properties: { q: { type: "string" } } }),
  execute: async ({ q }) => `${q} is 42`,
});

test.each([
  { store: false },
  { forceReasoning: true, store: false, reasoningSummary: "auto", include: ["reasoning.encrypted_content"] },
])("a tool loop of the AI SDK with %j brings reasoning, text and calls back untouched", async (openai) => {
  const upstream = answering(calling, closing);
  const result = streamText({
    model: aiModel(upstream.fetch),
    prompt: "What is x?",
    tools: { look },
    stopWhen: stepCountIs(3),
    providerOptions: { openai },
  });
  expect(await result.text).toBe("It is 42.");
  expect(upstream.chats[1]?.messages).toEqual([
    { role: "user", content: "What is x?" },
    {
      role: "assistant",
      content: "Wait. ",
      reasoning_content: " Look it up.",
      tool_calls: [
        { id: "functions.look:0", type: "function", function: { name: "look", arguments: '{"q":"x"}' } },
      ],
    },
    { role: "tool", tool_call_id: "functions.look:0", content: "x is 42" },
  ]);
});

test("the AI SDK reads a whole response", async () => {
  const { fetch } = answering([
    { ...closing[0], choices: closing[0]?.choices ?? [], usage: { prompt_tokens: 3, completion_tokens: 4 } },
  ]);
  const result = await generateText({ model: aiModel(fetch), prompt: "Hi" });
  expect([result.text, result.reasoningText, result.usage.totalTokens]).toEqual(["It is 42.", "Found.", 7]);
});

test("OpenAI's own client builds the same response from the stream as it is given whole", async () => {
  const usage = { prompt_tokens: 3, completion_tokens: 4 };
  const turn: Turn = [
    {
      choices: [
        {
          delta: {
            reasoning_content: "Hm.",
            content: "Ok.",
            tool_calls: [{ id: "call_1", function: { name: "look", arguments: "{}" } }],
          },
          finish_reason: "tool_calls",
        },
      ],
      usage,
    },
  ];
  const client = (fetch: typeof globalThis.fetch) =>
    new OpenAI({ baseURL: "http://localhost/v1", apiKey: "k", fetch });
  const whole = await client(answering(turn).fetch).responses.create({ model, input: "Hi" });
  const stream = client(answering(turn).fetch).responses.stream({ model, input: "Hi" });
  const kinds: string[] = [];
  for await (const event of stream) kinds.push(event.type);
  const streamed = await stream.finalResponse();
  expect(kinds.at(0)).toBe("response.created");
  expect(kinds.at(-1)).toBe("response.completed");
  expect(whole.output_text).toBe("Ok.");
  expect(streamed).toMatchObject({ output_text: "Ok.", usage: whole.usage, status: "completed" });
  expect(streamed.output.map((item) => item.type)).toEqual(whole.output.map((item) => item.type));
});
