import type { Snippet, SnippetFacts } from "./snippet.ts";

export function requestSnippets({ apiUrl, model }: SnippetFacts) {
  return {
    "request-body": {
      language: "json",
      label: "request body",
      code: `{
  "model": "${model}",
  "messages": [
    { "role": "system", "content": "You answer in one sentence." },
    { "role": "user", "content": "What is a gateway?" }
  ],
  "max_completion_tokens": 4096,
  "stream": false,
  "stop": ["\\n\\n\\n"],
  "thinking": { "type": "enabled" },
  "tools": [],
  "tool_choice": "auto",
  "parallel_tool_calls": true,
  "response_format": { "type": "text" }
}`,
    },
    "response-body": {
      language: "json",
      label: "response body",
      code: `{
  "id": "chatcmpl-0f3a9c",
  "object": "chat.completion",
  "created": 1776947082,
  "model": "${model}",
  "choices": [
    {
      "index": 0,
      "message": {
        "role": "assistant",
        "content": null,
        "reasoning_content": "The person asks for the weather in Tokyo. There is a tool for it.",
        "tool_calls": [
          {
            "id": "call_7Yp2",
            "type": "function",
            "function": { "name": "get_weather", "arguments": "{\\"city\\":\\"Tokyo\\"}" }
          }
        ]
      },
      "finish_reason": "tool_calls"
    }
  ],
  "usage": {
    "prompt_tokens": 312,
    "completion_tokens": 79,
    "total_tokens": 391,
    "prompt_tokens_details": { "cached_tokens": 256 },
    "completion_tokens_details": { "reasoning_tokens": 58 }
  }
}`,
    },
    "models-curl": {
      language: "bash",
      label: "curl command",
      code: `curl -sS ${apiUrl}/models -H "Authorization: Bearer $AIG_KEY"`,
    },
    "record-curl": {
      language: "bash",
      label: "curl command",
      code: `curl -sS ${apiUrl}/requests/$REQUEST_ID -H "Authorization: Bearer $AIG_KEY"`,
    },
    "responses-curl": {
      language: "bash",
      label: "curl command",
      code: `curl -sS ${apiUrl}/responses \\
  -H "Authorization: Bearer $AIG_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{ "model": "${model}", "input": "What is 17 * 23?", "store": false }'`,
    },
  } satisfies Record<string, Snippet>;
}
