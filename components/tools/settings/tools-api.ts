import { z } from "zod";
import { problemOf } from "#components/chat/chat-api.ts";
import type { ToolChoice } from "#lib/chat/tools/approval.ts";

export interface NewSource {
  kind: "mcp" | "openapi";
  name: string;
  url: string;
  document: string | null;
  header: { name: string; value: string } | null;
  oauthClient: { id: string; secret: string | null } | null;
}

const signInSchema = z.object({ url: z.url({ protocol: /^https?$/ }).nullable() });

async function call(path: string, method: string, body?: unknown): Promise<Response> {
  const response = await fetch(`/api/tools${path}`, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function act(path: string, method: string, body?: unknown): Promise<void> {
  await call(path, method, body);
}

const sourcePath = (id: string) => `/sources/${encodeURIComponent(id)}`;

/** The HTTP API of tools. Every call throws a `ChatProblem` when it does not succeed. */
export const toolsApi = {
  choose: ({ tool, enabled, approval }: ToolChoice) => act("/choices", "PUT", { tool, enabled, approval }),
  add: (source: NewSource) => act("/sources", "POST", source),
  switchSource: (id: string, enabled: boolean) => act(sourcePath(id), "PATCH", { enabled }),
  check: (id: string) => act(`${sourcePath(id)}/check`, "POST", {}),
  remove: (id: string) => act(sourcePath(id), "DELETE"),
  /** Where to sign in at an MCP server; null when it wants nobody to. */
  signIn: async (id: string): Promise<string | null> => {
    const response = await call(`${sourcePath(id)}/sign-in`, "POST", {});
    return signInSchema.parse(await response.json()).url;
  },
};
