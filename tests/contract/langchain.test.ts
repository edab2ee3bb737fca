import { HumanMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ContractServer, startContractServer } from "#tests/support/contract-server.ts";

let server: ContractServer;
let llm: ChatOpenAI;

beforeAll(async () => {
  server = await startContractServer();
  llm = new ChatOpenAI({
    model: "moonshot/kimi-k2.6",
    configuration: { baseURL: server.baseUrl },
    apiKey: server.apiKey,
    maxRetries: 0,
  });
});

afterAll(() => server.stop());

describe("@langchain/openai", () => {
  test("invokes", async () => {
    const answer = await llm.invoke("What is 12 * 12?");
    expect(answer.text).toContain("144");
    expect(answer.usage_metadata).toMatchObject({ output_tokens: expect.any(Number) });
  });

  test("streams", async () => {
    let text = "";
    for await (const chunk of await llm.stream("What is 12 * 12?")) text += chunk.text;
    expect(text).toContain("144");
  });

  test("calls tools and uses their results", async () => {
    const weather = tool(async ({ city }) => `${city}: 22 degrees, sunny`, {
      name: "get_weather",
      description: "Get current weather for a city",
      schema: z.object({ city: z.string() }),
    });
    const bound = llm.bindTools([weather]);
    const question = new HumanMessage("What is the weather in Tokyo?");
    const turn = await bound.invoke([question]);
    const [call] = turn.tool_calls ?? [];
    expect(call).toMatchObject({ name: "get_weather", args: { city: expect.stringMatching(/Tokyo/) } });
    if (!call) throw new Error("No tool was called.");
    const result = await weather.invoke({ ...call, type: "tool_call" });
    const answer = await bound.invoke([question, turn, result]);
    expect(answer.text).toMatch(/22|sunny/);
  });
});
