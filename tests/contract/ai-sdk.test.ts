import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, type LanguageModel, type ModelMessage, stepCountIs, streamText, tool } from "ai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ContractServer, startContractServer } from "#tests/support/contract-server.ts";

const model = "moonshot/kimi-k2.6";

let server: ContractServer;

beforeAll(async () => {
  server = await startContractServer();
});

afterAll(() => server.stop());

test("the guide's snippet runs with only its base URL changed", async () => {
  const aigateway = createOpenAI({
    baseURL: server.baseUrl,
    apiKey: server.apiKey,
  });

  const result = await streamText({
    model: aigateway("moonshot/kimi-k2.6"),
    prompt: "Hello!",
  });
  let written = "";
  for await (const chunk of result.textStream) written += chunk;

  expect(written).toMatch(/\w/);
  expect(await result.finishReason).toBe("stop");
  const [metered] = await server.listMetered();
  expect(metered).toMatchObject({ status: "succeeded", endpoint: "responses", stream: true });
  expect(metered?.usage.completionTokens).toBe((await result.usage).outputTokens);
});

interface ModelCase {
  name: string;
  create(id: string): LanguageModel;
  reasons: boolean;
  /** With no options of the provider's, as the guide's snippet is. */
  byDefault?: true;
}

const models: ModelCase[] = [
  {
    name: "@ai-sdk/openai as it is by default",
    create: (id) => createOpenAI({ baseURL: server.baseUrl, apiKey: server.apiKey })(id),
    reasons: true,
    byDefault: true,
  },
  {
    name: "@ai-sdk/openai and store: false",
    create: (id) => createOpenAI({ baseURL: server.baseUrl, apiKey: server.apiKey })(id),
    reasons: true,
  },
  {
    name: "@ai-sdk/openai .chat()",
    create: (id) => createOpenAI({ baseURL: server.baseUrl, apiKey: server.apiKey }).chat(id),
    reasons: false,
  },
  {
    name: "@ai-sdk/openai-compatible",
    create: (id) =>
      createOpenAICompatible({
        name: "aigateway",
        baseURL: server.baseUrl,
        apiKey: server.apiKey,
        includeUsage: true,
      })(id),
    reasons: true,
  },
];

const stateless = {
  openai: {
    forceReasoning: true,
    store: false,
    reasoningSummary: "auto",
    include: ["reasoning.encrypted_content"],
  },
};

describe.each(models)("ai with $name", ({ create, reasons, byDefault }) => {
  const providerOptions = byDefault ? {} : stateless;

  test("generates", async () => {
    const result = await generateText({
      model: create(model),
      prompt: "What is 12 * 12?",
      providerOptions,
      maxRetries: 0,
    });
    expect(result.text).toContain("144");
    expect(result.finishReason).toBe("stop");
    expect(result.usage.outputTokens).toBeGreaterThan(0);
    if (reasons) expect(result.reasoningText).toMatch(/\w/);
  });

  test("streams a tool loop with thinking on", async () => {
    const errors: unknown[] = [];
    const result = streamText({
      model: create(model),
      prompt: "What is the weather in Tokyo?",
      providerOptions,
      maxRetries: 0,
      stopWhen: stepCountIs(4),
      onError: ({ error }) => {
        errors.push(error);
      },
      tools: {
        get_weather: tool({
          description: "Get current weather for a city",
          inputSchema: z.object({ city: z.string() }),
          execute: async ({ city }) => ({ city, temperature_c: 22, conditions: "sunny" }),
        }),
      },
    });
    const steps = await result.steps;
    expect(errors).toEqual([]);
    expect(steps.length).toBe(2);
    expect(steps[0]?.toolCalls[0]).toMatchObject({
      toolName: "get_weather",
      input: { city: expect.stringMatching(/Tokyo/) },
    });
    expect(await result.text).toMatch(/22|sunny/);
    if (reasons) expect(steps[0]?.reasoningText).toMatch(/\w/);
  });

  test("goes on with a conversation that called a tool, whole messages given back as they came", async () => {
    const tools = {
      get_weather: tool({
        description: "Get current weather for a city",
        inputSchema: z.object({ city: z.string() }),
        execute: async ({ city }) => ({ city, temperature_c: 22, conditions: "sunny" }),
      }),
    };
    const ask = (messages: ModelMessage[]) =>
      generateText({
        model: create(model),
        messages,
        tools,
        providerOptions,
        maxRetries: 0,
        stopWhen: stepCountIs(4),
      });
    const question: ModelMessage = { role: "user", content: "What is the weather in Tokyo?" };
    const first = await ask([question]);
    expect(first.steps.length).toBe(2);
    const answered = first.responseMessages;
    const second = await ask([question, ...answered, { role: "user", content: "What is 12 * 12?" }]);
    expect(second.text).toContain("144");
  });

  test("fails with the gateway's own words", async () => {
    const failed = generateText({ model: create("moonshot/none"), prompt: "x", maxRetries: 0 });
    await expect(failed).rejects.toMatchObject({
      statusCode: 404,
      message: expect.stringContaining("no model `moonshot/none`"),
    });
  });
});
