import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { type LanguageModel, Output, stepCountIs, streamText, tool } from "ai";
import {
  type Connection,
  catchError,
  citySchema,
  maxTurns,
  model,
  type Question,
  stepSchema,
  stepTool,
  type TestClient,
} from "./test-client.ts";

/** What the guide advises where nothing may be kept by the gateway. */
const stateless = {
  openai: {
    forceReasoning: true,
    store: false,
    reasoningSummary: "auto",
    include: ["reasoning.encrypted_content"],
  },
};

type ProviderOptions = Parameters<typeof streamText>[0]["providerOptions"] & {};

function contentOf({ prompt, image }: Question) {
  const text = { type: "text" as const, text: prompt };
  if (image === undefined) return [text];
  const data = image.slice(image.indexOf(",") + 1);
  return [text, { type: "file" as const, data, mediaType: "image/png" }];
}

function createAiClient(
  name: string,
  keepsReasoning: boolean,
  create: (connection: Connection, id: string) => LanguageModel,
  providerOptions: ProviderOptions = stateless,
): TestClient {
  const start = (connection: Connection, modelId: string, question: Question, signal?: AbortSignal) => {
    const errors: unknown[] = [];
    const result = streamText({
      model: create(connection, modelId),
      messages: [{ role: "user", content: contentOf(question) }],
      providerOptions,
      maxRetries: 0,
      onError: ({ error }) => {
        errors.push(error);
      },
      ...(question.json && { output: Output.object({ schema: citySchema, name: "city" }) }),
      ...(signal && { abortSignal: signal }),
    });
    return { result, errors };
  };
  const read = async (connection: Connection, modelId: string, question: Question) => {
    const { result, errors } = start(connection, modelId, question);
    let text = "";
    let reasoning = "";
    for await (const part of result.fullStream) {
      if (part.type === "text-delta") text += part.text;
      if (part.type === "reasoning-delta") reasoning += part.text;
    }
    if (errors.length > 0) throw errors[0];
    return { text, reasoning };
  };
  return {
    name,
    keepsReasoning,
    ask: (connection, question) => read(connection, model, question),
    async askAndLeave(connection, prompt) {
      const controller = new AbortController();
      const { result } = start(connection, model, { prompt }, controller.signal);
      for await (const part of result.fullStream) if (part.type === "text-delta") controller.abort();
    },
    async runAgent(connection, prompt) {
      const errors: unknown[] = [];
      const result = streamText({
        model: create(connection, model),
        prompt,
        providerOptions,
        maxRetries: 0,
        stopWhen: stepCountIs(maxTurns),
        onError: ({ error }) => {
          errors.push(error);
        },
        tools: {
          step: tool({
            description: stepTool.description,
            inputSchema: stepSchema,
            execute: async ({ number }) => ({ done: number }),
          }),
        },
      });
      const text = await result.text;
      if (errors.length > 0) throw errors[0];
      return text;
    },
    readError: (connection, modelId) => catchError(() => read(connection, modelId, { prompt: "x" })),
  };
}

export const aiSdkClients: readonly TestClient[] = [
  createAiClient(
    "ai with @ai-sdk/openai as it is by default",
    true,
    ({ baseUrl, apiKey }, id) => createOpenAI({ baseURL: baseUrl, apiKey })(id),
    {},
  ),
  createAiClient("ai with @ai-sdk/openai and store: false", true, ({ baseUrl, apiKey }, id) =>
    createOpenAI({ baseURL: baseUrl, apiKey })(id),
  ),
  createAiClient("ai with @ai-sdk/openai .chat()", false, ({ baseUrl, apiKey }, id) =>
    createOpenAI({ baseURL: baseUrl, apiKey }).chat(id),
  ),
  createAiClient("ai with @ai-sdk/openai-compatible", true, ({ baseUrl, apiKey }, id) =>
    createOpenAICompatible({
      name: "aigateway",
      baseURL: baseUrl,
      apiKey,
      includeUsage: true,
      supportsStructuredOutputs: true,
    })(id),
  ),
];
