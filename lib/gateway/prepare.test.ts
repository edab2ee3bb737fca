import { describe, expect, test } from "vitest";
import { defaultModelId, getModel } from "#lib/models/catalog.ts";
import { parseChatRequest } from "#lib/wire/chat-completions.ts";
import { prepareCall } from "./prepare.ts";

const model = getModel(defaultModelId);
const messages = [{ role: "user", content: "Hello" }];
const aFunction = { type: "function", function: { name: "get_weather", parameters: { type: "object" } } };
const aCall = { id: "c1", type: "function", function: { name: "get_weather", arguments: "{}" } };

function prepare(fields: Record<string, unknown>) {
  if (!model) throw new Error("The catalog lacks its default model.");
  return prepareCall(parseChatRequest({ model: defaultModelId, messages, ...fields }), model);
}

describe("prepareCall", () => {
  test("keeps what it does not know as it came", () => {
    const unknown = {
      client_metadata: { a: [1, null, "x"] },
      prompt_cache_key: "k",
      seed: 7,
      stop: ["a"],
      user: "u",
    };
    const { body, warnings } = prepare(unknown);
    expect(body).toEqual({ model: defaultModelId, messages, ...unknown });
    expect(warnings).toEqual([]);
  });

  test.each([
    ["temperature", 0.7, 1],
    ["top_p", 1, 0.95],
    ["n", 2, 1],
    ["presence_penalty", 0.5, 0],
    ["frequency_penalty", -1, 0],
  ])("%s is dropped, with a warning unless it has the model's own value", (field, other, own) => {
    const dropped = prepare({ [field]: other });
    expect(dropped.body).not.toHaveProperty(field);
    expect(dropped.warnings).toEqual([`${field} is fixed at ${own} for this model and was ignored`]);
    for (const value of [own, null]) expect(prepare({ [field]: value }).warnings).toEqual([]);
  });

  test("without thinking the model's temperature is 0.6", () => {
    const thinking = { type: "disabled" };
    expect(prepare({ temperature: 0.6, thinking }).warnings).toEqual([]);
    expect(prepare({ temperature: 1, thinking }).warnings).toHaveLength(1);
  });

  test.each([
    [{ max_tokens: 100 }, 100, 0],
    [{ max_tokens: 100, max_completion_tokens: 200 }, 200, 0],
    [{ max_tokens: 32_000 }, 16_384, 1],
    [{ max_completion_tokens: 16_385 }, 16_384, 1],
    [{ max_tokens: null }, undefined, 0],
    [{}, undefined, 0],
  ])("of %o the upstream gets max_completion_tokens %s", (fields, limit, warnings) => {
    const prepared = prepare(fields);
    expect(prepared.body.max_completion_tokens).toBe(limit);
    expect(prepared.body).not.toHaveProperty("max_tokens");
    expect(prepared.warnings).toHaveLength(warnings);
  });

  test("usage is asked for on every stream, and on nothing else", () => {
    const asked = prepare({ stream: true, stream_options: { include_usage: false, odd: 1 } });
    expect(asked).toMatchObject({
      stream: true,
      wantsUsage: false,
      body: { stream_options: { include_usage: true, odd: 1 } },
    });
    expect(prepare({ stream: true, stream_options: { include_usage: true } }).wantsUsage).toBe(true);
    expect(prepare({ stream_options: { include_usage: true } }).body).not.toHaveProperty("stream_options");
  });

  test("developer messages are system messages", () => {
    const { body } = prepare({ messages: [{ role: "developer", content: "Be brief." }, ...messages] });
    expect(body.messages).toEqual([{ role: "system", content: "Be brief." }, ...messages]);
  });

  test("a tool-call turn without reasoning gets the accepted placeholder while the model thinks", () => {
    const history = [undefined, null, "", "I thought."].map((reasoning_content) => ({
      role: "assistant",
      content: null,
      tool_calls: [aCall],
      ...(reasoning_content !== undefined && { reasoning_content }),
    }));
    const { body } = prepare({
      messages: [...messages, ...history, { role: "assistant", content: "Plain." }],
    });
    const sent = Array.isArray(body.messages) ? body.messages : [];
    expect(sent.slice(1, 5).map((message) => message.reasoning_content)).toEqual([
      " ",
      " ",
      " ",
      "I thought.",
    ]);
    expect(sent[5]).toEqual({ role: "assistant", content: "Plain." });
    const off = prepare({ messages: [...messages, ...history.slice(0, 1)], thinking: { type: "disabled" } });
    expect(off.body.messages).toEqual([...messages, history[0]]);
  });

  test("tools of other types are left out, and named once", () => {
    const { body, warnings } = prepare({
      tools: [aFunction, { type: "web_search" }, { type: "web_search" }, { type: "mcp" }],
      tool_choice: { type: "web_search" },
    });
    expect(body.tools).toEqual([aFunction]);
    expect(body).not.toHaveProperty("tool_choice");
    expect(warnings).toEqual([
      "tools of type web_search are not supported and were left out",
      "tools of type mcp are not supported and were left out",
      "tool_choice of type web_search is not supported and was ignored",
    ]);
  });

  test("when no tool is left nothing of them is sent", () => {
    const { body } = prepare({
      tools: [{ type: "web_search" }],
      tool_choice: "auto",
      parallel_tool_calls: true,
    });
    expect(body).toEqual({ model: defaultModelId, messages });
  });

  test.each(["required", { type: "function", function: { name: "get_weather" } }])(
    "tool_choice %o switches thinking off unless it was asked for",
    (tool_choice) => {
      const forced = prepare({ tools: [aFunction], tool_choice });
      expect(forced.body).toMatchObject({ thinking: { type: "disabled" }, tool_choice });
      expect(forced.warnings).toHaveLength(1);
      const asked = prepare({ tools: [aFunction], tool_choice, thinking: { type: "enabled" } });
      expect(asked.body).toMatchObject({ thinking: { type: "enabled" } });
      expect(asked.warnings).toEqual([]);
    },
  );
});
