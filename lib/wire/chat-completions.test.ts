import { expect, test } from "vitest";
import { parseChatChunk, parseChatCompletion, parseChatRequest } from "./chat-completions.ts";
import { ApiError } from "./errors.ts";

const model = "moonshot/kimi-k2.6";
const user = { role: "user", content: "Hello" };
const call = { id: "functions.f:0", type: "function", function: { name: "f", arguments: "{}" } };

function refusalOf(value: unknown): ApiError {
  try {
    parseChatRequest(value);
  } catch (error) {
    if (error instanceof ApiError) return error;
  }
  throw new Error("was not refused with an ApiError");
}

test("what real clients send is taken and kept whole", () => {
  const request = {
    model,
    messages: [
      { role: "developer", content: "Be brief." },
      user,
      user,
      {
        role: "user",
        content: [{ type: "text", text: "What is it?", cache_control: { type: "ephemeral" } }],
      },
      {
        role: "user",
        content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AA==", detail: "low" } }],
      },
      { role: "user", content: [{ type: "image_url", image_url: "https://example.com/a.png" }] },
      { role: "user", content: [{ type: "video_url", video_url: { url: "ms://1" } }] },
      { role: "assistant", content: null, reasoning_content: "Call it.", tool_calls: [call] },
      { role: "assistant", tool_calls: [call] },
      { role: "tool", tool_call_id: call.id, content: [{ type: "text", text: "42" }] },
      { role: "assistant", content: "prefix", partial: true, name: "kimi" },
    ],
    tools: [
      ...Array.from({ length: 24 }, (_, at) => ({
        type: "function",
        function: { name: `tool_${at}`, description: null, parameters: { type: "object" }, strict: null },
      })),
      { type: "builtin_function", function: { name: "$web_search" } },
      { type: "web_search" },
    ],
    tool_choice: { type: "function", function: { name: "tool_1" } },
    temperature: null,
    stop: ["END"],
    max_tokens: 32000,
    stream: true,
    stream_options: { include_usage: true },
    response_format: { type: "json_schema", json_schema: { name: "a", schema: {} } },
    thinking: { type: "enabled", keep: "all" },
    client_metadata: { session: "1" },
    prompt_cache_key: "k",
  };
  expect(parseChatRequest(structuredClone(request))).toEqual(request);
});

test.each([
  ["messages", { model }],
  ["messages", { model, messages: [] }],
  ["model", { messages: [user] }],
  ["model", { model: "", messages: [user] }],
  ["messages[1].role", { model, messages: [user, { role: "robot", content: "" }] }],
  ["messages[3].content", { model, messages: [user, user, user, { role: "user", content: 7 }] }],
  ["messages[0].content", { model, messages: [{ role: "user" }] }],
  [
    "messages[0].content[1].text",
    { model, messages: [{ role: "user", content: [{ type: "text", text: "" }, { type: "text" }] }] },
  ],
  [
    "messages[0].content[0].image_url",
    { model, messages: [{ role: "user", content: [{ type: "image_url" }] }] },
  ],
  [
    "messages[0].content[0].image_url.url",
    { model, messages: [{ role: "user", content: [{ type: "image_url", image_url: {} }] }] },
  ],
  ["messages[0].tool_call_id", { model, messages: [{ role: "tool", content: "42" }] }],
  [
    "messages[0].tool_calls[0].function.arguments",
    {
      model,
      messages: [{ role: "assistant", tool_calls: [{ ...call, function: { name: "f", arguments: {} } }] }],
    },
  ],
  ["tools[0].function", { model, messages: [user], tools: [{ type: "function" }] }],
  [
    "tools[1].function.name",
    { model, messages: [user], tools: [{ type: "x" }, { type: "function", function: {} }] },
  ],
  ["tool_choice", { model, messages: [user], tool_choice: "any" }],
  ["max_tokens", { model, messages: [user], max_tokens: 0 }],
  ["stream", { model, messages: [user], stream: "yes" }],
  ["stop[1]", { model, messages: [user], stop: ["a", 1] }],
  [null, "hello"],
  [null, null],
])("a bad %s is named", (param, value) => {
  const error = refusalOf(value);
  expect(error).toMatchObject({ code: "invalid_request", param });
  expect(error.message).toContain(param ?? "JSON object");
});

test("messages say what is wrong", () => {
  const say = (value: object) => refusalOf({ model, messages: [user], ...value }).message;
  expect(say({ model: undefined })).toBe("`model` is required.");
  expect(say({ model: 5 })).toBe("`model` must be of type string.");
  expect(say({ messages: [] })).toBe("`messages` must not be empty.");
  expect(say({ max_tokens: 0 })).toBe("`max_tokens` must be more than 0.");
  expect(say({ messages: [{ role: "user", content: null }] })).toBe(
    "`messages[0].content` is required in a message of role user.",
  );
  expect(say({ messages: [{ role: "robot" }] })).toBe(
    '`messages[0].role` must be one of "system", "developer", "user", "assistant", "tool".',
  );
});

test("a chunk keeps unknown fields and survives odd ones", () => {
  expect(parseChatChunk('{"choices":[{"delta":{"content":"a","extra":1},"x":2}],"y":3}')).toEqual({
    choices: [{ delta: { content: "a", extra: 1 }, x: 2 }],
    y: 3,
  });
  expect(parseChatChunk('{"id":7,"choices":[{"delta":{"role":null,"content":{}}}]}')).toEqual({
    id: null,
    choices: [{ delta: { role: null, content: null } }],
  });
  expect(parseChatChunk('{"usage":null}')).toEqual({ choices: [], usage: null });
});

test.each(["[DONE]", "", "{", "7", "null", "[]", '"text"'])("%j is no chunk", (data) => {
  expect(parseChatChunk(data)).toBeNull();
});

test.each([
  [
    { error: { message: "Overloaded", type: "engine_overloaded_error" } },
    ["Overloaded", "engine_overloaded_error", null, null],
  ],
  [{ error: { message: "No", code: 429, param: "model" }, choices: [] }, ["No", null, "model", "429"]],
  [{ code: 5, error: "url.not_found", message: "no such route" }, ["no such route", null, null, "5"]],
  [{ error: "broken" }, ["broken", null, null, null]],
  [
    { object: "error", message: "bad", type: "BadRequestError", code: 400 },
    ["bad", "BadRequestError", null, "400"],
  ],
  [{ error: {} }, ["The upstream reported an error.", null, null, null]],
])("%j is an error", (body, [message, type, param, code]) => {
  const expected = { error: { message, type, param, code } };
  expect(parseChatChunk(JSON.stringify(body))).toEqual(expected);
  expect(parseChatCompletion(body)).toEqual(expected);
});

test("a null error is no error", () => {
  expect(parseChatChunk('{"error":null,"choices":[]}')).toEqual({ error: null, choices: [] });
});
