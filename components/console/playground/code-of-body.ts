import { curlOfRequest } from "../requests/curl-of-request.ts";
import type { PlaygroundBody } from "./draft.ts";

export interface CodeSnippet {
  id: "curl" | "python" | "javascript" | "ai-sdk";
  label: string;
  code: string;
}

/** The call that a body makes, in the ways that people make it. The key is read from the environment. */
export function codeOfBody(body: PlaygroundBody, baseUrl: string): [CodeSnippet, ...CodeSnippet[]] {
  const stream = body.stream === true;
  const call = { endpoint: "chat.completions", model: body.model, stream, tag: "" };
  return [
    {
      id: "curl",
      label: "curl",
      code: curlOfRequest(call, { baseUrl, body: JSON.stringify(body, null, 2) }),
    },
    { id: "python", label: "OpenAI (Python)", code: pythonCode(body, baseUrl) },
    { id: "javascript", label: "OpenAI (JavaScript)", code: javascriptCode(body, baseUrl) },
    { id: "ai-sdk", label: "AI SDK", code: aiSdkCode(body, baseUrl) },
  ];
}

function pythonCode(body: PlaygroundBody, baseUrl: string): string {
  // The library knows no `thinking`, so it takes it among what is sent as it is.
  const { thinking, stream_options: _, ...rest } = body;
  const fields = Object.entries({ ...rest, ...(thinking && { extra_body: { thinking } }) }).map(
    ([name, value]) => `    ${name}=${pythonValue(value)},`,
  );
  const read = body.stream
    ? [
        "for chunk in completion:",
        "    if chunk.choices and chunk.choices[0].delta.content:",
        '        print(chunk.choices[0].delta.content, end="", flush=True)',
      ]
    : ["print(completion.choices[0].message.content)"];
  return [
    "import os",
    "",
    "from openai import OpenAI",
    "",
    `client = OpenAI(base_url="${baseUrl}/v1", api_key=os.environ["AIG_KEY"])`,
    "",
    "completion = client.chat.completions.create(",
    ...fields,
    ")",
    ...read,
  ].join("\n");
}

/** JSON as Python writes it: its words differ, its strings do not. */
function pythonValue(value: unknown): string {
  if (value === true) return "True";
  if (value === false) return "False";
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).map(
      ([name, inner]) => `${JSON.stringify(name)}: ${pythonValue(inner)}`,
    );
    return `{${fields.join(", ")}}`;
  }
  return JSON.stringify(value);
}

function javascriptCode(body: PlaygroundBody, baseUrl: string): string {
  const { stream_options: _, ...sent } = body;
  const read = body.stream
    ? [
        "for await (const chunk of completion) {",
        '  process.stdout.write(chunk.choices[0]?.delta.content ?? "");',
        "}",
      ]
    : ["console.log(completion.choices[0].message.content);"];
  return [
    'import OpenAI from "openai";',
    "",
    `const client = new OpenAI({ baseURL: "${baseUrl}/v1", apiKey: process.env.AIG_KEY });`,
    "",
    `const completion = await client.chat.completions.create(${JSON.stringify(sent, null, 2)});`,
    ...read,
  ].join("\n");
}

function aiSdkCode(body: PlaygroundBody, baseUrl: string): string {
  const { model, messages, thinking, max_completion_tokens, response_format, stop, stream } = body;
  const instructions = messages
    .filter(({ role }) => role === "system")
    .map(({ content }) => content)
    .join("\n\n");
  const settings = {
    ...(instructions !== "" && { instructions }),
    messages: messages.filter(({ role }) => role !== "system"),
    ...(max_completion_tokens !== undefined && { maxOutputTokens: max_completion_tokens }),
    ...(stop && { stopSequences: stop }),
    ...(thinking && { providerOptions: { aigateway: { thinking } } }),
  };
  const lines = JSON.stringify(settings, null, 2).split("\n").slice(1, -1);
  const name = stream ? "streamText" : "generateText";
  const json = response_format !== undefined;
  return [
    'import { createOpenAICompatible } from "@ai-sdk/openai-compatible";',
    `import { ${name}${json ? ", Output" : ""} } from "ai";`,
    "",
    `const gateway = createOpenAICompatible({ name: "aigateway", baseURL: "${baseUrl}/v1", apiKey: process.env.AIG_KEY });`,
    "",
    `const result = ${stream ? "" : "await "}${name}({`,
    `  model: gateway("${model}"),`,
    ...lines.map((line, index) => (index === lines.length - 1 ? `${line},` : line)),
    ...(json ? ["  output: Output.json(),"] : []),
    "});",
    ...(stream
      ? ["for await (const text of result.textStream) process.stdout.write(text);"]
      : ["console.log(result.text);"]),
  ].join("\n");
}
