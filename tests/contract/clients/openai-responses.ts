import OpenAI from "openai";
import type { ResponseInput } from "openai/resources/responses/responses";
import {
  type Connection,
  catchError,
  cityJsonSchema,
  maxTurns,
  model,
  type Question,
  runStep,
  stepTool,
  type TestClient,
} from "./test-client.ts";

const connect = ({ baseUrl, apiKey }: Connection) => new OpenAI({ baseURL: baseUrl, apiKey, maxRetries: 0 });

function inputOf({ prompt, image }: Question): ResponseInput {
  if (image === undefined) return [{ role: "user", content: prompt }];
  const content = [
    { type: "input_text" as const, text: prompt },
    { type: "input_image" as const, image_url: image, detail: "auto" as const },
  ];
  return [{ role: "user", content }];
}

export const openaiResponses: TestClient = {
  name: "openai responses",
  keepsReasoning: true,
  async ask(connection, question) {
    const stream = await connect(connection).responses.create({
      model,
      input: inputOf(question),
      stream: true,
      ...(question.json && {
        text: { format: { type: "json_schema", name: "city", schema: cityJsonSchema, strict: true } },
      }),
    });
    let text = "";
    let reasoning = "";
    for await (const event of stream) {
      if (event.type === "response.output_text.delta") text += event.delta;
      if (event.type === "response.reasoning_summary_text.delta") reasoning += event.delta;
    }
    return { text, reasoning };
  },
  async askAndLeave(connection, prompt) {
    const stream = await connect(connection).responses.create({ model, input: prompt, stream: true });
    for await (const event of stream) if (event.type === "response.output_text.delta") break;
  },
  async runAgent(connection, prompt) {
    const client = connect(connection);
    const input: ResponseInput = [{ role: "user", content: prompt }];
    for (let turn = 0; turn < maxTurns; turn++) {
      const response = await client.responses
        .stream({
          model,
          input,
          store: false,
          include: ["reasoning.encrypted_content"],
          tools: [{ type: "function", strict: false, ...stepTool }],
        })
        .finalResponse();
      const calls = response.output.filter((item) => item.type === "function_call");
      if (calls.length === 0) return response.output_text;
      for (const item of response.output) {
        if (item.type === "reasoning" || item.type === "message") input.push(item);
      }
      // Without what the SDK's parser added for its caller.
      for (const { call_id, name, arguments: given } of calls) {
        input.push({ type: "function_call", call_id, name, arguments: given });
        input.push({ type: "function_call_output", call_id, output: runStep(given) });
      }
    }
    throw new Error("The agent did not end.");
  },
  readError: (connection, modelId) =>
    catchError(() => connect(connection).responses.create({ model: modelId, input: "x", stream: true })),
};
