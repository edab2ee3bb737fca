import type { Snippet, SnippetFacts } from "./snippet.ts";

const question = "Write a Python one-liner to reverse a string.";

export function quickstartSnippets({ apiUrl, model }: SnippetFacts) {
  return {
    "quickstart-key": { language: "bash", label: "shell", code: `export AIG_KEY="sk-aig-..."` },
    "quickstart-python": {
      language: "python",
      label: "Python",
      code: `import os

from openai import OpenAI

client = OpenAI(base_url="${apiUrl}", api_key=os.environ["AIG_KEY"])

completion = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "${question}"}],
)
print(completion.choices[0].message.content)`,
    },
    "quickstart-node": {
      language: "javascript",
      label: "JavaScript",
      code: `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${apiUrl}", apiKey: process.env.AIG_KEY });

const completion = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "${question}" }],
});
console.log(completion.choices[0].message.content);`,
    },
    "quickstart-curl": {
      language: "bash",
      label: "curl",
      code: `curl -sS ${apiUrl}/chat/completions \\
  -H "Authorization: Bearer $AIG_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{
    "model": "${model}",
    "messages": [{ "role": "user", "content": "${question}" }]
  }'`,
    },
  } satisfies Record<string, Snippet>;
}
