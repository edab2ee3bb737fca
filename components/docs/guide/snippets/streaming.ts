import type { Snippet, SnippetFacts } from "./snippet.ts";

export function streamingSnippets({ apiUrl, model }: SnippetFacts) {
  return {
    "streaming-curl": {
      language: "bash",
      label: "curl",
      code: `curl -sSN ${apiUrl}/chat/completions \\
  -H "Authorization: Bearer $AIG_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{
    "model": "${model}",
    "stream": true,
    "stream_options": { "include_usage": true },
    "messages": [{ "role": "user", "content": "What is 17 * 23?" }]
  }'`,
    },
    "streaming-node": {
      language: "javascript",
      label: "JavaScript",
      code: `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${apiUrl}", apiKey: process.env.AIG_KEY });

const stream = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "What is 17 * 23?" }],
  stream: true,
});
for await (const chunk of stream) {
  const delta = chunk.choices[0]?.delta;
  if (delta?.reasoning_content) process.stderr.write(delta.reasoning_content);
  if (delta?.content) process.stdout.write(delta.content);
}`,
    },
    "streaming-python": {
      language: "python",
      label: "Python",
      code: `import os

from openai import OpenAI

client = OpenAI(base_url="${apiUrl}", api_key=os.environ["AIG_KEY"])

stream = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "What is 17 * 23?"}],
    stream=True,
)
for chunk in stream:
    if not chunk.choices:
        continue
    delta = chunk.choices[0].delta
    thought = getattr(delta, "reasoning_content", None)
    if thought:
        print(thought, end="", flush=True)
    if delta.content:
        print(delta.content, end="", flush=True)`,
    },
    "streaming-events": {
      language: "text",
      label: "event stream",
      code: `data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

data: {"choices":[{"index":0,"delta":{"reasoning_content":"A product of"},"finish_reason":null}]}

data: {"choices":[{"index":0,"delta":{"reasoning_content":" two numbers."},"finish_reason":null}]}

data: {"choices":[{"index":0,"delta":{"content":"17 × 23"},"finish_reason":null}]}

data: {"choices":[{"index":0,"delta":{"content":" = 391"},"finish_reason":null}]}

data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: {"choices":[],"usage":{"prompt_tokens":14,"completion_tokens":21,"total_tokens":35}}

data: [DONE]`,
    },
    "streaming-tools-events": {
      language: "text",
      label: "event stream",
      code: `data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_7Yp2","type":"function","function":{"name":"get_weather","arguments":""}}]},"finish_reason":null}]}

data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"city\\":"}}]},"finish_reason":null}]}

data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\\"Tokyo\\"}"}}]},"finish_reason":null}]}

data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

data: [DONE]`,
    },
    "streaming-tools-node": {
      language: "javascript",
      label: "JavaScript",
      code: `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${apiUrl}", apiKey: process.env.AIG_KEY });

const stream = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "What is the weather in Tokyo?" }],
  tools: [
    {
      type: "function",
      function: {
        name: "get_weather",
        description: "Get the current weather of a city",
        parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
      },
    },
  ],
  stream: true,
});

const calls = [];
for await (const chunk of stream) {
  for (const part of chunk.choices[0]?.delta.tool_calls ?? []) {
    const call = (calls[part.index] ??= { id: "", name: "", arguments: "" });
    call.id ||= part.id ?? "";
    call.name += part.function?.name ?? "";
    call.arguments += part.function?.arguments ?? "";
  }
}
for (const call of calls) console.log(call.name, JSON.parse(call.arguments));`,
    },
  } satisfies Record<string, Snippet>;
}
