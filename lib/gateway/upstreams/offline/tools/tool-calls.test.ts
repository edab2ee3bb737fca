import { describe, expect, test } from "vitest";
import { ask, content, follow, offline, user } from "../testing.ts";

function tool(
  name: string,
  description: string,
  properties: object,
  required: string[] = Object.keys(properties),
) {
  return {
    type: "function",
    function: { name, description, parameters: { type: "object", properties, required } },
  };
}

const weather = tool("get_weather", "Get current weather for a city", { city: { type: "string" } });
const add = tool("add_numbers", "Add two numbers", { a: { type: "number" }, b: { type: "number" } });
const search = tool("web_search", "Search the web", { query: { type: "string" } });
const units = tool(
  "get_forecast",
  "Weather forecast for a location",
  {
    location: { type: "string" },
    days: { type: "integer", minimum: 1, maximum: 7 },
    unit: { type: "string", enum: ["celsius", "fahrenheit"] },
  },
  ["location"],
);

async function callsFor(text: string, tools: object[], extra: object = {}) {
  const answer = await ask(offline(), { messages: [user(text)], tools, ...extra });
  const calls = answer.choices[0]?.message.tool_calls ?? [];
  return calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)]);
}

describe("tools", () => {
  test.each([
    ["Weather in Tokyo?", [["get_weather", { city: "Tokyo" }]]],
    ["what is the weather in paris", [["get_weather", { city: "Paris" }]]],
    ["北京的天气怎么样？", [["get_weather", { city: "北京" }]]],
    ["Add 17 and 25", [["add_numbers", { a: 17, b: 25 }]]],
    ["Search for the tallest tower in Europe", [["web_search", { query: "the tallest tower in Europe" }]]],
    ["Why is the sky blue?", []],
  ])("%s", async (text, calls) => {
    expect(await callsFor(text, [weather, add, search])).toEqual(calls);
  });

  test("optional arguments are filled only where the prompt says so", async () => {
    expect(await callsFor("Forecast for Oslo", [units])).toEqual([["get_forecast", { location: "Oslo" }]]);
    expect(await callsFor("Forecast for Oslo in celsius for 3 days", [units])).toEqual([
      ["get_forecast", { location: "Oslo", days: 3, unit: "celsius" }],
    ]);
  });

  test("several places and several tools are parallel calls, or one when parallel calls are off", async () => {
    const both = "Compare the weather in New York and Tokyo";
    expect(await callsFor(both, [weather])).toEqual([
      ["get_weather", { city: "New York" }],
      ["get_weather", { city: "Tokyo" }],
    ]);
    expect(await callsFor(both, [weather], { parallel_tool_calls: false })).toHaveLength(1);
    const names = await callsFor("Get the weather in Rome and add the numbers 2 and 3", [weather, add]);
    expect(names.map(([name]) => name).sort()).toEqual(["add_numbers", "get_weather"]);
  });

  test("tool_choice is honoured: none, required, and a named function", async () => {
    expect(await callsFor("Weather in Tokyo?", [weather], { tool_choice: "none" })).toEqual([]);
    expect(await callsFor("Hello", [weather, add], { tool_choice: "required" })).toHaveLength(1);
    const named = { type: "function", function: { name: "add_numbers" } };
    expect((await callsFor("Weather in Tokyo?", [weather, add], { tool_choice: named }))[0]?.[0]).toBe(
      "add_numbers",
    );
  });

  test("stream in fragments: id and name first, then arguments, then finish_reason tool_calls", async () => {
    const body = { messages: [user("Weather in Tokyo and Rome?")], tools: [weather] };
    const { kinds, toolDeltas, done } = await follow(offline(), body);
    expect(kinds.filter((kind, index) => kind !== kinds[index - 1])).toEqual([
      "role",
      "reasoning",
      "tool",
      "finish:tool_calls",
    ]);
    expect(done).toBe(true);
    for (const index of [0, 1]) {
      const [opening, ...fragments] = toolDeltas.filter((delta) => delta.index === index);
      expect(opening).toMatchObject({ function: { name: "get_weather", arguments: "" } });
      expect(opening?.id).toMatch(/^call_\w{24}$/);
      expect(fragments.length).toBeGreaterThan(1);
      const args = fragments.map((delta) => delta.function.arguments).join("");
      expect(JSON.parse(args)).toEqual({ city: ["Tokyo", "Rome"][index] });
    }
  });

  test("results are used in the answer, and not asked for again", async () => {
    const messages = [
      user("Weather in Tokyo?"),
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id: "c1", type: "function", function: { name: "get_weather", arguments: "{}" } }],
      },
      { role: "tool", tool_call_id: "c1", content: '{"temperature_c":22,"conditions":"sunny"}' },
    ];
    const answer = await ask(offline(), { messages, tools: [weather] });
    expect(answer.choices[0]?.finish_reason).toBe("stop");
    expect(content(answer)).toMatch(/get_weather[\s\S]*temperature c:\*\* 22[\s\S]*sunny/);
  });

  test("tools of other types and without parameters break nothing", async () => {
    const odd = [{ type: "web_search" }, { type: "function", function: { name: "ping" } }];
    expect(await callsFor("ping", odd)).toEqual([["ping", {}]]);
    expect(await callsFor("Hello", odd)).toEqual([]);
  });
});
