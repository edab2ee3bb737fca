import { expect, test } from "vitest";
import { parseChatRequest } from "../chat-completions.ts";
import { ApiError } from "../errors.ts";
import { parseResponsesRequest } from "./request.ts";
import { sealReasoning } from "./sealed-reasoning.ts";
import { toChatRequest } from "./to-chat-request.ts";

const model = "moonshot/kimi-k2.6";

function translate(fields: object) {
  return toChatRequest(parseResponsesRequest({ model, input: "Hi", ...fields }));
}
const messagesOf = (input: unknown) => translate({ input }).chat.messages;

test.each([
  ["previous_response_id", { previous_response_id: "resp_1" }],
  ["conversation", { conversation: { id: "conv_1" } }],
  ["prompt", { prompt: { id: "pmpt_1" } }],
  ["background", { background: true }],
  ["input[0]", { input: [{ type: "item_reference" }] }],
  ["input[1].type", { input: [{ role: "user", content: "a" }, { type: "computer_call" }] }],
  ["input[0].role", { input: [{ content: "a" }] }],
  ["input[0].call_id", { input: [{ type: "function_call_output", output: "1" }] }],
  [
    "input[0].content[1].text",
    { input: [{ role: "user", content: [{ type: "input_text", text: "" }, { type: "input_text" }] }] },
  ],
  [
    "input[0].content[0].type",
    { input: [{ role: "user", content: [{ type: "input_file", file_id: "1" }] }] },
  ],
  [
    "input[0].content[0].image_url",
    { input: [{ role: "user", content: [{ type: "input_image", file_id: "1" }] }] },
  ],
  ["input", { input: undefined }],
  ["input", { input: [] }],
  ["max_output_tokens", { max_output_tokens: 0 }],
  ["tools[0].name", { tools: [{ type: "function" }] }],
])("%s is refused by name when it cannot be honoured", (param, fields) => {
  const refusal = expect.objectContaining({ code: "invalid_request", param });
  expect(() => translate(fields)).toThrow(ApiError);
  expect(() => translate(fields)).toThrow(refusal);
});

test("fields that ask for nothing are taken", () => {
  const nothing = {
    previous_response_id: null,
    conversation: null,
    prompt: null,
    background: false,
    tools: null,
  };
  expect(translate(nothing).chat).toEqual({ model, messages: [{ role: "user", content: "Hi" }] });
});

test("every field finds its place, and unknown ones survive", () => {
  const { chat, warnings } = translate({
    instructions: "Be brief.",
    stream: true,
    max_output_tokens: 500,
    temperature: 1,
    top_p: 0.95,
    parallel_tool_calls: false,
    text: {
      format: { type: "json_schema", name: "a", strict: true, schema: { type: "object" } },
      verbosity: "low",
    },
    reasoning: { effort: "high", summary: "auto" },
    tools: [
      { type: "function", name: "f", description: "d", parameters: { type: "object" }, strict: true },
      { type: "function", name: "g", parameters: null, strict: null },
      { type: "web_search", search_context_size: "low" },
      { type: "web_search" },
      { type: "custom", name: "c" },
    ],
    tool_choice: { type: "function", name: "f" },
    store: true,
    include: ["reasoning.encrypted_content"],
    truncation: "auto",
    service_tier: "auto",
    prompt_cache_key: "k",
    safety_identifier: "s",
    user: "u",
    metadata: { a: "b" },
    client_metadata: { session: 1 },
  });
  expect(chat).toEqual({
    model,
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hi" },
    ],
    stream: true,
    max_completion_tokens: 500,
    temperature: 1,
    top_p: 0.95,
    parallel_tool_calls: false,
    response_format: {
      type: "json_schema",
      json_schema: { name: "a", strict: true, schema: { type: "object" } },
    },
    reasoning_effort: "high",
    tools: [
      {
        type: "function",
        function: { name: "f", description: "d", parameters: { type: "object" }, strict: true },
      },
      { type: "function", function: { name: "g" } },
    ],
    tool_choice: { type: "function", function: { name: "f" } },
    prompt_cache_key: "k",
    safety_identifier: "s",
    user: "u",
    metadata: { a: "b" },
    client_metadata: { session: 1 },
  });
  expect(warnings).toEqual([
    "tools of type web_search are not supported and were left out",
    "tools of type custom are not supported and were left out",
    "text.verbosity is not supported and was ignored",
  ]);
  expect(parseChatRequest(chat)).toEqual(chat);
});

test("effort none turns thinking off", () => {
  const { chat } = translate({ reasoning: { effort: "none" } });
  expect(chat.thinking).toEqual({ type: "disabled" });
  expect(chat).not.toHaveProperty("reasoning_effort");
});

test("allowed tools narrow what is offered; a choice of a tool that is not there is dropped", () => {
  const tools = ["a", "b"].map((name) => ({ type: "function", name }));
  const choose = (names: string[]) => ({
    type: "allowed_tools",
    mode: "required",
    tools: names.map((name) => ({ type: "function", name })),
  });
  expect(translate({ tools, tool_choice: choose(["b"]) }).chat).toMatchObject({
    tools: [{ type: "function", function: { name: "b" } }],
    tool_choice: "required",
  });
  expect(translate({ tools: [{ type: "web_search" }], tool_choice: "required" }).chat).not.toHaveProperty(
    "tool_choice",
  );
  expect(translate({ tools, tool_choice: { type: "web_search" } }).warnings).toEqual([
    "tool_choice of type web_search is not supported and was ignored",
  ]);
});

test("the items of one assistant turn become one message", () => {
  const reasoning = (...texts: string[]) => ({
    type: "reasoning",
    id: "rs_1",
    summary: texts.map((text) => ({ type: "summary_text", text })),
  });
  const call = (id: string) => ({ type: "function_call", call_id: id, name: "f", arguments: "{}" });
  const chatCall = (id: string) => ({ id, type: "function", function: { name: "f", arguments: "{}" } });
  expect(
    messagesOf([
      {
        role: "user",
        content: [
          { type: "input_text", text: "a" },
          { type: "input_image", image_url: "data:image/png;base64,AA==", detail: "auto" },
        ],
      },
      reasoning("One.", "Two."),
      reasoning("Three."),
      {
        role: "assistant",
        content: [
          { type: "output_text", text: "Calling" },
          { type: "refusal", refusal: "." },
        ],
      },
      call("x"),
      call("y"),
      { type: "function_call_output", call_id: "x", output: "1" },
      {
        type: "function_call_output",
        call_id: "y",
        output: [
          { type: "input_text", text: "2" },
          { type: "input_image", image_url: "https://example.com/a.png" },
        ],
      },
      reasoning("Four."),
      { role: "assistant", content: "Done." },
      { role: "assistant", content: "Really." },
      { role: "user", content: "b" },
      reasoning("Cut off"),
      { role: "developer", content: [{ type: "input_text", text: "c" }] },
    ]),
  ).toEqual([
    {
      role: "user",
      content: [
        { type: "text", text: "a" },
        { type: "image_url", image_url: { url: "data:image/png;base64,AA==", detail: "auto" } },
      ],
    },
    {
      role: "assistant",
      content: "Calling.",
      reasoning_content: "One.\n\nTwo.\n\nThree.",
      tool_calls: [chatCall("x"), chatCall("y")],
    },
    { role: "tool", tool_call_id: "x", content: "1" },
    {
      role: "tool",
      tool_call_id: "y",
      content: [
        { type: "text", text: "2" },
        { type: "image_url", image_url: { url: "https://example.com/a.png" } },
      ],
    },
    { role: "assistant", content: "Done.", reasoning_content: "Four." },
    { role: "assistant", content: "Really." },
    { role: "user", content: "b" },
    { role: "developer", content: "c" },
  ]);
});

test("our own sealed reasoning wins over the summary; foreign or damaged ones are ignored", () => {
  const reasoningFor = (encrypted_content: string) =>
    messagesOf([
      { type: "reasoning", summary: [{ type: "summary_text", text: "short" }], encrypted_content },
      { role: "assistant", content: "a" },
    ])[0]?.reasoning_content;
  const exact = "\uFEFF exact\u{1F600}";
  expect(reasoningFor(sealReasoning(exact))).toBe(exact);
  for (const foreign of ["gAAAAABo", "aig1.***", "aig1._w", "aig2.YQ"])
    expect(reasoningFor(foreign)).toBe("short");
});

test("reasoning given only as content is taken from there", () => {
  const content = [{ type: "reasoning_text", text: "raw" }];
  const [message] = messagesOf([
    { type: "reasoning", summary: [], content },
    { role: "assistant", content: "a" },
  ]);
  expect(message?.reasoning_content).toBe("raw");
});
