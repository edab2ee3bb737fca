export interface Snippet {
  id: string;
  /** On its tab. */
  label: string;
  /** After "Copy". */
  what: string;
  code: string;
}

export interface FirstCall {
  /** Where this installation is reached, without a path. */
  baseUrl: string;
  apiKey: string;
  model: string;
}

const question = "Why is the sky blue?";

/** A request that works as pasted into a shell. */
export function curlCommand({ baseUrl, apiKey, model }: FirstCall, stream = false): string {
  const lines = [
    `curl ${stream ? "-N " : ""}${baseUrl}/v1/chat/completions \\`,
    `  -H "Authorization: Bearer ${apiKey}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{`,
    `    "model": "${model}",`,
    ...(stream ? [`    "stream": true,`] : []),
    `    "messages": [{ "role": "user", "content": "${question}" }]`,
    `  }'`,
  ];
  return lines.join("\n");
}

/** The words of the language the page is in: a text of `keys.snippets` by its key. */
type SnippetWords = (
  key:
    | "curl"
    | "curlWhat"
    | "stream"
    | "streamWhat"
    | "aiSdkWhat"
    | "langchainWhat"
    | "langchainPythonWhat"
    | "settingsWhat",
) => string;

/** The first request in every way people make it, with a key filled in. */
export function firstCallSnippets(call: FirstCall, words: SnippetWords): [Snippet, ...Snippet[]] {
  const { baseUrl, apiKey, model } = call;
  return [
    { id: "curl", label: words("curl"), what: words("curlWhat"), code: curlCommand(call) },
    {
      id: "curl-stream",
      label: words("stream"),
      what: words("streamWhat"),
      code: curlCommand(call, true),
    },
    {
      id: "python",
      label: "Python",
      what: "Python",
      code: `from openai import OpenAI

client = OpenAI(
    base_url="${baseUrl}/v1",
    api_key="${apiKey}",
)

completion = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "${question}"}],
)
print(completion.choices[0].message.content)`,
    },
    {
      id: "javascript",
      label: "JavaScript",
      what: "JavaScript",
      code: `import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "${baseUrl}/v1",
  apiKey: "${apiKey}",
});

const completion = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "${question}" }],
});
console.log(completion.choices[0].message.content);`,
    },
    {
      id: "ai-sdk",
      label: "AI SDK",
      what: words("aiSdkWhat"),
      code: `import { createOpenAI } from "@ai-sdk/openai";
import { generateText } from "ai";

const gateway = createOpenAI({
  baseURL: "${baseUrl}/v1",
  apiKey: "${apiKey}",
});

const { text } = await generateText({
  model: gateway("${model}"),
  prompt: "${question}",
});
console.log(text);`,
    },
    ...langchainSnippets(call, words),
    {
      id: "cursor",
      label: "Cursor",
      what: words("settingsWhat"),
      code: `Settings → Models → API Keys
OpenAI API Key:            ${apiKey}
Override OpenAI Base URL:  ${baseUrl}/v1
Add model:                 ${model}`,
    },
    {
      id: "cline",
      label: "Cline",
      what: words("settingsWhat"),
      code: `API Provider:    OpenAI Compatible
Base URL:        ${baseUrl}/v1
OpenAI API Key:  ${apiKey}
Model ID:        ${model}`,
    },
  ];
}

function langchainSnippets({ baseUrl, apiKey, model }: FirstCall, words: SnippetWords): Snippet[] {
  return [
    {
      id: "langchain-js",
      label: "LangChain JS",
      what: words("langchainWhat"),
      code: `import { ChatOpenAI } from "@langchain/openai";

const llm = new ChatOpenAI({
  model: "${model}",
  apiKey: "${apiKey}",
  configuration: { baseURL: "${baseUrl}/v1" },
});

const answer = await llm.invoke("${question}");
console.log(answer.content);`,
    },
    {
      id: "langchain-python",
      label: "LangChain Python",
      what: words("langchainPythonWhat"),
      code: `from langchain_openai import ChatOpenAI

llm = ChatOpenAI(
    model="${model}",
    base_url="${baseUrl}/v1",
    api_key="${apiKey}",
)

print(llm.invoke("${question}").content)`,
    },
  ];
}
