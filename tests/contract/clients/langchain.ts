import { type AIMessageChunk, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
import {
  type Connection,
  catchError,
  cityJsonSchema,
  maxTurns,
  model,
  stepSchema,
  stepTool,
  type TestClient,
} from "./test-client.ts";

const connect = ({ baseUrl, apiKey }: Connection, modelId = model) =>
  new ChatOpenAI({ model: modelId, configuration: { baseURL: baseUrl }, apiKey, maxRetries: 0 });

const step = tool(async ({ number }) => JSON.stringify({ done: number }), {
  name: stepTool.name,
  description: stepTool.description,
  schema: stepSchema,
});

async function gather(stream: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> {
  const chunks: AIMessageChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks.reduce((whole, chunk) => whole.concat(chunk));
}

export const langchain: TestClient = {
  name: "@langchain/openai",
  keepsReasoning: false,
  async ask(connection, { prompt, image, json }) {
    const content = [
      { type: "text" as const, text: prompt },
      ...(image === undefined ? [] : [{ type: "image_url" as const, image_url: { url: image } }]),
    ];
    const jsonSchema = { name: "city", schema: cityJsonSchema, strict: true };
    const stream = await connect(connection).stream(
      [new HumanMessage({ content })],
      json ? { response_format: { type: "json_schema", json_schema: jsonSchema } } : {},
    );
    return { text: (await gather(stream)).text, reasoning: "" };
  },
  async askAndLeave(connection, prompt) {
    const controller = new AbortController();
    const stream = await connect(connection).stream(prompt, { signal: controller.signal });
    for await (const chunk of stream) if (chunk.text) break;
    controller.abort();
  },
  async runAgent(connection, prompt) {
    const bound = connect(connection).bindTools([step]);
    const history: BaseMessage[] = [new HumanMessage(prompt)];
    for (let turn = 0; turn < maxTurns; turn++) {
      const answer = await gather(await bound.stream(history));
      const calls = answer.tool_calls ?? [];
      if (calls.length === 0) return answer.text;
      history.push(answer);
      for (const call of calls) {
        const result: unknown = await step.invoke({ ...call, type: "tool_call" });
        if (!(result instanceof ToolMessage)) throw new Error("The tool gave no message.");
        history.push(result);
      }
    }
    throw new Error("The agent did not end.");
  },
  readError: (connection, modelId) => catchError(() => connect(connection, modelId).invoke("x")),
};
