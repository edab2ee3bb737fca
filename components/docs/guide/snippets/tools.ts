import type { Snippet, SnippetFacts } from "./snippet.ts";

export function toolSnippets({ apiUrl, model }: SnippetFacts) {
  return {
    "tools-python": {
      language: "python",
      label: "Python",
      code: `import json
import os

from openai import OpenAI

client = OpenAI(base_url="${apiUrl}", api_key=os.environ["AIG_KEY"])

tools = [
    {
        "type": "function",
        "function": {
            "name": "get_weather",
            "description": "Get the current weather of a city",
            "parameters": {
                "type": "object",
                "properties": {"city": {"type": "string"}},
                "required": ["city"],
            },
        },
    }
]


def get_weather(city):
    return {"city": city, "temperature_c": 22, "conditions": "sunny"}


messages = [{"role": "user", "content": "What is the weather in Tokyo?"}]

# Turn 1: the model asks for the tool.
first = client.chat.completions.create(model="${model}", messages=messages, tools=tools)
answer = first.choices[0].message
messages.append(answer)

# Your program runs it and hands the result back.
for call in answer.tool_calls or []:
    result = get_weather(**json.loads(call.function.arguments))
    messages.append({"role": "tool", "tool_call_id": call.id, "content": json.dumps(result)})

# Turn 2: the model answers from the result.
second = client.chat.completions.create(model="${model}", messages=messages, tools=tools)
print(second.choices[0].message.content)`,
    },
    "tools-node": {
      language: "javascript",
      label: "JavaScript",
      code: `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${apiUrl}", apiKey: process.env.AIG_KEY });

const tools = [
  {
    type: "function",
    function: {
      name: "get_weather",
      description: "Get the current weather of a city",
      parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
  },
];
const getWeather = ({ city }) => ({ city, temperature_c: 22, conditions: "sunny" });

const messages = [{ role: "user", content: "What is the weather in Tokyo?" }];

// Turn 1: the model asks for the tool.
const first = await client.chat.completions.create({ model: "${model}", messages, tools });
const answer = first.choices[0].message;
messages.push(answer);

// Your program runs it and hands the result back.
for (const call of answer.tool_calls ?? []) {
  const result = getWeather(JSON.parse(call.function.arguments));
  messages.push({ role: "tool", tool_call_id: call.id, content: JSON.stringify(result) });
}

// Turn 2: the model answers from the result.
const second = await client.chat.completions.create({ model: "${model}", messages, tools });
console.log(second.choices[0].message.content);`,
    },
    "tools-ai-sdk": {
      language: "javascript",
      label: "AI SDK",
      code: `import { createOpenAI } from "@ai-sdk/openai";
import { generateText, isStepCount, tool } from "ai";
import { z } from "zod";

const aigateway = createOpenAI({
  baseURL: "${apiUrl}",
  apiKey: process.env.AIG_KEY,
});

const { text } = await generateText({
  model: aigateway("${model}"),
  prompt: "What is the weather in Tokyo?",
  tools: {
    get_weather: tool({
      description: "Get the current weather of a city",
      inputSchema: z.object({ city: z.string() }),
      execute: async ({ city }) => ({ city, temperature_c: 22, conditions: "sunny" }),
    }),
  },
  stopWhen: isStepCount(5),
});
console.log(text);`,
    },
  } satisfies Record<string, Snippet>;
}
