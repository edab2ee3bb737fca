import type { Snippet, SnippetFacts } from "./snippet.ts";

// A PNG of 16 by 16 pixels, half blue and half yellow: small enough to be read in a page, and a real picture.
const tinyPicture =
  "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAG0lEQVR42mPQiLqDFX29o4EVMYxqGNUwfDUAAC+1q5DeK8NqAAAAAElFTkSuQmCC";

export function visionSnippets({ apiUrl, model }: SnippetFacts) {
  return {
    "vision-body": {
      language: "json",
      label: "request body",
      code: `{
  "model": "${model}",
  "messages": [
    {
      "role": "user",
      "content": [
        { "type": "text", "text": "What is in this image?" },
        {
          "type": "image_url",
          "image_url": { "url": "data:image/png;base64,${tinyPicture}" }
        }
      ]
    }
  ]
}`,
    },
    "vision-node": {
      language: "javascript",
      label: "JavaScript",
      code: `import { readFile } from "node:fs/promises";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${apiUrl}", apiKey: process.env.AIG_KEY });

const picture = await readFile("cat.png", "base64");
const completion = await client.chat.completions.create({
  model: "${model}",
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: "What is in this image?" },
        { type: "image_url", image_url: { url: \`data:image/png;base64,\${picture}\` } },
      ],
    },
  ],
});
console.log(completion.choices[0].message.content);`,
    },
    "vision-python": {
      language: "python",
      label: "Python",
      code: `import base64
import os
from pathlib import Path

from openai import OpenAI

client = OpenAI(base_url="${apiUrl}", api_key=os.environ["AIG_KEY"])

picture = base64.b64encode(Path("cat.png").read_bytes()).decode()
completion = client.chat.completions.create(
    model="${model}",
    messages=[
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is in this image?"},
                {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{picture}"}},
            ],
        }
    ],
)
print(completion.choices[0].message.content)`,
    },
  } satisfies Record<string, Snippet>;
}
