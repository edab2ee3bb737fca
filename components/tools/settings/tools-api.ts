import { problemOf } from "#components/chat/chat-api.ts";
import type { ToolChoice } from "#lib/chat/tools/approval.ts";

export interface NewSource {
  kind: "mcp" | "openapi";
  name: string;
  url: string;
  document: string | null;
  header: { name: string; value: string } | null;
}

async function call(path: string, method: string, body?: unknown): Promise<void> {
  const response = await fetch(`/api/tools${path}`, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw await problemOf(response);
}

const sourcePath = (id: string) => `/sources/${encodeURIComponent(id)}`;

/** The HTTP API of tools. Every call throws a `ChatProblem` when it does not succeed. */
export const toolsApi = {
  choose: ({ tool, enabled, approval }: ToolChoice) => call("/choices", "PUT", { tool, enabled, approval }),
  add: (source: NewSource) => call("/sources", "POST", source),
  switchSource: (id: string, enabled: boolean) => call(sourcePath(id), "PATCH", { enabled }),
  check: (id: string) => call(`${sourcePath(id)}/check`, "POST", {}),
  remove: (id: string) => call(sourcePath(id), "DELETE"),
};
