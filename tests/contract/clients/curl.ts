import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";
import {
  type Connection,
  cityJsonSchema,
  maxTurns,
  model,
  type Question,
  runStep,
  stepTool,
  type TestClient,
} from "./test-client.ts";

const deltaSchema = z.object({
  content: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  tool_calls: z
    .array(
      z.object({
        index: z.int(),
        id: z.string().optional(),
        function: z.object({ name: z.string().optional(), arguments: z.string().optional() }),
      }),
    )
    .nullish(),
});
const chunkSchema = z.object({ choices: z.array(z.object({ delta: deltaSchema })) });
const errorSchema = z.object({ error: z.object({ message: z.string() }) });

interface Printed {
  text: string;
  reasoning: string;
  calls: { id: string; name: string; arguments: string }[];
  status: number;
  /** Lines that are no events. */
  other: string;
}

/** Runs `curl -N` with the body on its standard input and reads what it prints; `leave` kills it as soon as it says so. */
async function curl(
  { baseUrl, apiKey }: Connection,
  body: Record<string, unknown>,
  leave: (printed: Printed) => boolean = () => false,
): Promise<Printed> {
  const child = spawn(
    "curl",
    [
      "-sN",
      `${baseUrl}/chat/completions`,
      ...["-H", `Authorization: Bearer ${apiKey}`],
      ...["-H", "Content-Type: application/json"],
      ...["-w", "\nstatus %{http_code}\n", "--data-binary", "@-"],
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  child.stdin.end(JSON.stringify(body));
  const printed: Printed = { text: "", reasoning: "", calls: [], status: 0, other: "" };
  for await (const line of createInterface(child.stdout)) {
    readLine(line, printed);
    if (leave(printed)) child.kill("SIGINT");
  }
  return printed;
}

function readLine(line: string, printed: Printed): void {
  const status = /^status (\d+)$/.exec(line)?.[1];
  if (status !== undefined) printed.status = Number(status);
  else if (!line.startsWith("data: ")) printed.other += line;
  else if (line !== "data: [DONE]") {
    const delta = chunkSchema.parse(JSON.parse(line.slice(6))).choices[0]?.delta;
    printed.text += delta?.content ?? "";
    printed.reasoning += delta?.reasoning_content ?? "";
    for (const { index, id, function: part } of delta?.tool_calls ?? []) {
      printed.calls[index] ??= { id: "", name: "", arguments: "" };
      const call = printed.calls[index];
      call.id += id ?? "";
      call.name += part.name ?? "";
      call.arguments += part.arguments ?? "";
    }
  }
}

function bodyOf({ prompt, image, json }: Question): Record<string, unknown> {
  const content = [
    { type: "text", text: prompt },
    ...(image === undefined ? [] : [{ type: "image_url", image_url: { url: image } }]),
  ];
  const format = { type: "json_schema", json_schema: { name: "city", schema: cityJsonSchema, strict: true } };
  return {
    model,
    stream: true,
    messages: [{ role: "user", content }],
    ...(json && { response_format: format }),
  };
}

export const curlProgram: TestClient = {
  name: "curl",
  keepsReasoning: false,
  ask: (connection, question) => curl(connection, bodyOf(question)),
  async askAndLeave(connection, prompt) {
    await curl(connection, bodyOf({ prompt }), ({ text }) => text !== "");
  },
  async runAgent(connection, prompt) {
    const messages: unknown[] = [{ role: "user", content: prompt }];
    const tools = [{ type: "function", function: stepTool }];
    for (let turn = 0; turn < maxTurns; turn++) {
      const { text, calls } = await curl(connection, { model, stream: true, messages, tools });
      if (calls.length === 0) return text;
      messages.push({
        role: "assistant",
        content: text || null,
        tool_calls: calls.map(({ id, ...made }) => ({ id, type: "function", function: made })),
      });
      for (const { id, arguments: given } of calls) {
        messages.push({ role: "tool", tool_call_id: id, content: runStep(given) });
      }
    }
    throw new Error("The agent did not end.");
  },
  async readError(connection, modelId) {
    const { status, other } = await curl(connection, { ...bodyOf({ prompt: "x" }), model: modelId });
    return { status, message: errorSchema.parse(JSON.parse(other)).error.message };
  },
};
