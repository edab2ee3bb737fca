import type { Snippet, SnippetFacts } from "./snippet.ts";

export function clientSnippets({ apiUrl, model }: SnippetFacts) {
  return {
    "cursor-settings": {
      language: "text",
      label: "Cursor settings",
      code: `Override OpenAI Base URL   ${apiUrl}
OpenAI API Key             sk-aig-...
Custom model               ${model}`,
    },
    "cline-settings": {
      language: "text",
      label: "Cline settings",
      code: `API Provider   OpenAI Compatible
Base URL       ${apiUrl}
API Key        sk-aig-...
Model ID       ${model}`,
    },
    "langchain-python": {
      language: "python",
      label: "Python",
      code: `import os

from langchain_openai import ChatOpenAI

llm = ChatOpenAI(
    model="${model}",
    base_url="${apiUrl}",
    api_key=os.environ["AIG_KEY"],
)
print(llm.invoke("Hello!").content)`,
    },
    "langchain-node": {
      language: "javascript",
      label: "JavaScript",
      code: `import { ChatOpenAI } from "@langchain/openai";

const llm = new ChatOpenAI({
  model: "${model}",
  apiKey: process.env.AIG_KEY,
  configuration: { baseURL: "${apiUrl}" },
});
const answer = await llm.invoke("Hello!");
console.log(answer.content);`,
    },
    "ai-sdk": {
      language: "javascript",
      label: "JavaScript",
      code: `import { createOpenAI } from "@ai-sdk/openai";
import { streamText } from "ai";

const aigateway = createOpenAI({
  baseURL: "${apiUrl}",
  apiKey: process.env.AIG_KEY,
});

const result = await streamText({
  model: aigateway("${model}"),
  prompt: "Hello!",
});
for await (const chunk of result.textStream) process.stdout.write(chunk);`,
    },
    "ai-sdk-reasoning": {
      language: "javascript",
      label: "JavaScript",
      code: `import { createOpenAI } from "@ai-sdk/openai";
import { streamText } from "ai";

const aigateway = createOpenAI({
  baseURL: "${apiUrl}",
  apiKey: process.env.AIG_KEY,
});

const result = streamText({
  model: aigateway("${model}"),
  prompt: "What is 17 * 23?",
  providerOptions: {
    openai: {
      forceReasoning: true,
      reasoningSummary: "auto",
      store: false,
      include: ["reasoning.encrypted_content"],
    },
  },
});
for await (const part of result.stream) {
  if (part.type === "reasoning-delta") process.stderr.write(part.text);
  if (part.type === "text-delta") process.stdout.write(part.text);
}`,
    },
  } satisfies Record<string, Snippet>;
}
