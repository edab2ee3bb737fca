import OpenAI from "openai";
import type { ChatCompletionMessageParam } from "openai/resources/chat/completions";
import { z } from "zod";
import {
  type Connection,
  catchError,
  cityJsonSchema,
  model,
  type Question,
  runStep,
  stepTool,
  type TestClient,
} from "./test-client.ts";

const connect = ({ baseUrl, apiKey }: Connection) => new OpenAI({ baseURL: baseUrl, apiKey, maxRetries: 0 });
const reasoningSchema = z.object({ reasoning_content: z.string().nullish() });

function messagesOf({ prompt, image }: Question): ChatCompletionMessageParam[] {
  if (image === undefined) return [{ role: "user", content: prompt }];
  const content = [
    { type: "text" as const, text: prompt },
    { type: "image_url" as const, image_url: { url: image } },
  ];
  return [{ role: "user", content }];
}

export const openaiChat: TestClient = {
  name: "openai chat.completions",
  keepsReasoning: false,
  async ask(connection, question) {
    const stream = await connect(connection).chat.completions.create({
      model,
      messages: messagesOf(question),
      stream: true,
      ...(question.json && {
        response_format: {
          type: "json_schema",
          json_schema: { name: "city", schema: cityJsonSchema, strict: true },
        },
      }),
    });
    let text = "";
    let reasoning = "";
    for await (const { choices } of stream) {
      text += choices[0]?.delta.content ?? "";
      reasoning += reasoningSchema.parse(choices[0]?.delta ?? {}).reasoning_content ?? "";
    }
    return { text, reasoning };
  },
  async askAndLeave(connection, prompt) {
    const messages = messagesOf({ prompt });
    const stream = await connect(connection).chat.completions.create({ model, messages, stream: true });
    for await (const { choices } of stream) if (choices[0]?.delta.content) break;
  },
  async runAgent(connection, prompt) {
    const runner = connect(connection).chat.completions.runTools(
      {
        model,
        messages: [{ role: "user", content: prompt }],
        stream: true,
        tools: [{ type: "function", function: { ...stepTool, function: (input: string) => runStep(input) } }],
      },
      { maxChatCompletions: 40 },
    );
    return (await runner.finalContent()) ?? "";
  },
  readError: (connection, modelId) =>
    catchError(() =>
      connect(connection).chat.completions.create({
        model: modelId,
        messages: [{ role: "user", content: "x" }],
        stream: true,
      }),
    ),
};
