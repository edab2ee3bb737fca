import type { Snippet, SnippetFacts } from "./snippet.ts";

export function usageSnippets({ apiUrl }: SnippetFacts) {
  return {
    "key-curl": {
      language: "bash",
      label: "curl command",
      code: `curl -sS ${apiUrl}/key -H "Authorization: Bearer $AIG_KEY"`,
    },
    "usage-curl": {
      language: "bash",
      label: "curl command",
      code: `curl -sS "${apiUrl}/usage?bucket_width=1d&group_by=key,tag" \\
  -H "Authorization: Bearer $AIG_KEY"`,
    },
  } satisfies Record<string, Snippet>;
}
