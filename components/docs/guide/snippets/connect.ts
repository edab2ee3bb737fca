import type { Snippet } from "./snippet.ts";

export function connectSnippets() {
  return {
    "connect-moonshot": {
      language: "bash",
      label: "shell",
      code: `export UPSTREAM_BASE_URL=https://api.moonshot.ai/v1
export UPSTREAM_API_KEY=sk-...
npm start`,
    },
    "connect-vllm": {
      language: "bash",
      label: "shell",
      code: `export UPSTREAM_BASE_URL=http://127.0.0.1:8000/v1
export UPSTREAM_MODEL=moonshotai/Kimi-K2.6
npm start`,
    },
  } satisfies Record<string, Snippet>;
}
