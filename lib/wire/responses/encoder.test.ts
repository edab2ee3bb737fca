import { expect, test } from "vitest";
import type { ChatChunk, ChatDelta } from "../chat-completions.ts";
import { ApiError } from "../errors.ts";
import { createResponsesEncoder } from "./encoder.ts";
import type { ResponsesEvent } from "./events.ts";
import { parseResponsesRequest } from "./request.ts";
import type { ResponsesContext } from "./response-object.ts";
import { toResponse } from "./to-response.ts";

const model = "moonshot/kimi-k2.6";
const usage = {
  prompt_tokens: 10,
  cached_tokens: 4,
  completion_tokens: 5,
  completion_tokens_details: { reasoning_tokens: 2 },
};

function contextOf(fields: object = {}): ResponsesContext {
  let made = 0;
  return {
    responseId: "resp_1",
    createdAt: 1779000000,
    model,
    request: parseResponsesRequest({ model, input: "Hi", ...fields }),
    newItemId: (prefix) => `${prefix}_${made++}`,
  };
}

const delta = (fields: ChatDelta): ChatChunk => ({ choices: [{ delta: fields }] });
const finish = (finish_reason: string): ChatChunk => ({ choices: [{ delta: {}, finish_reason }] });

function encode(chunks: ChatChunk[], fields: object = {}): ResponsesEvent[] {
  const encoder = createResponsesEncoder(contextOf(fields));
  return [...encoder.start(), ...chunks.flatMap(encoder.push), ...encoder.finish()];
}

function lastResponse(events: ResponsesEvent[]) {
  const last = events.at(-1);
  if (!last || !("response" in last)) throw new Error("the stream did not end with a response");
  return last.response;
}

const fragment = (index: number, name: string | null, args: string | null, id?: string) =>
  delta({ tool_calls: [{ index, id: id ?? null, function: { name, arguments: args } }] });

test("a thinking, speaking, calling turn gives the events OpenAI gives, in its order", () => {
  const events = encode(
    [
      delta({ role: "assistant", content: "" }),
      delta({ reasoning_content: "Hm" }),
      delta({ reasoning_content: "." }),
      delta({ content: "Ok" }),
      fragment(0, "f", "", "call_a"),
      fragment(0, null, "{}"),
      finish("tool_calls"),
      { choices: [], usage },
    ],
    { include: ["reasoning.encrypted_content"] },
  );
  expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, at) => at));
  expect(events.map((event) => event.type.replace("response.", ""))).toEqual([
    "created",
    "in_progress",
    "output_item.added",
    "reasoning_summary_part.added",
    "reasoning_summary_text.delta",
    "reasoning_summary_text.delta",
    "reasoning_summary_text.done",
    "reasoning_summary_part.done",
    "output_item.done",
    "output_item.added",
    "content_part.added",
    "output_text.delta",
    "output_text.done",
    "content_part.done",
    "output_item.done",
    "output_item.added",
    "function_call_arguments.delta",
    "function_call_arguments.done",
    "output_item.done",
    "completed",
  ]);
  const response = lastResponse(events);
  expect(response.output).toEqual([
    {
      type: "reasoning",
      id: "rs_0",
      summary: [{ type: "summary_text", text: "Hm." }],
      encrypted_content: "aig1.SG0u",
      status: "completed",
    },
    {
      type: "message",
      id: "msg_1",
      role: "assistant",
      content: [{ type: "output_text", text: "Ok", annotations: [], logprobs: [] }],
      status: "completed",
    },
    { type: "function_call", id: "fc_2", call_id: "call_a", name: "f", arguments: "{}", status: "completed" },
  ]);
  expect(response.usage).toEqual({
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 4, cache_write_tokens: 0 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 2 },
    total_tokens: 15,
  });
});

test("reasoning is sealed only when asked for or when nothing may be stored", () => {
  const itemOf = (fields: object) =>
    lastResponse(encode([delta({ reasoning_content: "a" })], fields)).output[0];
  expect(itemOf({})).not.toHaveProperty("encrypted_content");
  expect(itemOf({ store: true })).not.toHaveProperty("encrypted_content");
  expect(itemOf({ store: false })).toHaveProperty("encrypted_content");
});

test("empty deltas open no items", () => {
  const response = lastResponse(
    encode([
      delta({ role: "assistant", content: "", reasoning_content: null, tool_calls: [] }),
      finish("stop"),
    ]),
  );
  expect(response).toMatchObject({ status: "completed", output: [], usage: null });
});

test.each([
  ["length", "max_output_tokens"],
  ["content_filter", "content_filter"],
])("a turn ended by %s is incomplete for %s", (reason, expected) => {
  const events = encode([delta({ reasoning_content: "a" }), delta({ content: "b" }), finish(reason)]);
  expect(events.at(-1)?.type).toBe("response.incomplete");
  expect(lastResponse(events)).toMatchObject({
    status: "incomplete",
    incomplete_details: { reason: expected },
    output: [{ status: "completed" }, { status: "incomplete" }],
  });
});

test("a failure keeps what was produced and its usage, and closes no call", () => {
  const encoder = createResponsesEncoder(contextOf());
  const before = [
    delta({ content: "So far" }),
    fragment(0, "f", '{"a"', "call_a"),
    { choices: [], usage },
  ].flatMap(encoder.push);
  expect(before.filter((event) => event.type === "response.output_item.done")).toHaveLength(1);
  const events = encoder.fail(new ApiError("upstream_timeout", "Too slow."));
  expect(events).toHaveLength(1);
  expect(lastResponse(events)).toMatchObject({
    status: "failed",
    error: { code: "upstream_timeout", message: "Too slow." },
    output: [
      { type: "message", status: "completed" },
      { type: "function_call", status: "incomplete" },
    ],
    usage: { total_tokens: 15 },
  });
});

test("parallel calls keep their own arguments when their fragments alternate, and a name may come in pieces", () => {
  const events = encode([
    fragment(0, "get_", null, "a"),
    fragment(0, "time", null),
    fragment(1, "g", "", "b"),
    fragment(1, null, "{"),
    fragment(0, null, '{"x":'),
    fragment(1, null, "}"),
    fragment(0, null, "1}"),
    finish("tool_calls"),
  ]);
  expect(lastResponse(events).output).toMatchObject([
    { call_id: "a", name: "get_time", arguments: '{"x":1}', status: "completed" },
    { call_id: "b", name: "g", arguments: "{}", status: "completed" },
  ]);
});

test("a call without an id gets one", () => {
  const [item] = lastResponse(encode([fragment(0, "f", "{}"), finish("tool_calls")])).output;
  expect(item).toMatchObject({ call_id: "call_0" });
});

test("the response has every field of OpenAI's and echoes the request", () => {
  const tools = [{ type: "function", name: "f", parameters: {} }];
  const message = { role: "assistant", content: "b", reasoning_content: "a", tool_calls: null };
  const request = {
    tools,
    instructions: "i",
    metadata: { k: "v" },
    max_output_tokens: 9,
    reasoning: { effort: "low" },
  };
  const response = toResponse({ choices: [{ message, finish_reason: "stop" }], usage }, contextOf(request));
  expect(response).toMatchObject({
    id: "resp_1",
    object: "response",
    created_at: 1779000000,
    status: "completed",
    error: null,
    incomplete_details: null,
    instructions: "i",
    metadata: { k: "v" },
    model,
    parallel_tool_calls: true,
    temperature: null,
    tool_choice: "auto",
    tools,
    top_p: null,
    text: { format: { type: "text" } },
    reasoning: { effort: "low", summary: null },
    max_output_tokens: 9,
    previous_response_id: null,
    store: true,
    truncation: "disabled",
  });
  expect(response.output.map((item) => item.type)).toEqual(["reasoning", "message"]);
});

test("of several calls only the last is incomplete when the answer is cut", () => {
  const events = encode([fragment(0, "f", "{}", "a"), fragment(1, "g", '{"x', "b"), finish("length")]);
  expect(lastResponse(events).output).toMatchObject([{ status: "completed" }, { status: "incomplete" }]);
});

test("calls that come whole stay apart, whatever index they carry", () => {
  const tool_calls = ["{}", "[]"].map((args) => ({ index: 0, function: { name: "f", arguments: args } }));
  const response = toResponse({ choices: [{ message: { tool_calls } }] }, contextOf());
  expect(response.output).toMatchObject([{ arguments: "{}" }, { arguments: "[]" }]);
});
