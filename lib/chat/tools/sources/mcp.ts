import { type OAuthClientProvider, UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import {
  StreamableHTTPClientTransport,
  StreamableHTTPError,
} from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { GuardedFetch } from "../guarded-fetch.ts";
import { ToolFailure } from "../tool.ts";
import { type AuthHeaders, maxSourceTools, type SourceAuth, type SourceTool } from "./source.ts";

export interface McpServer {
  url: string;
  auth: SourceAuth;
  headers: AuthHeaders;
  /** Takes part in a sign-in when the server asks for one. */
  signIn?: OAuthClientProvider;
  fetch: GuardedFetch;
  signal: AbortSignal;
}

const requestTimeoutMs = 60_000;

/** The server wants the person to sign in, for the first time or again. */
export class SignInNeeded extends ToolFailure {}

/** The tools an MCP server offers over Streamable HTTP. @throws ToolFailure */
export async function listMcpTools(server: McpServer): Promise<SourceTool[]> {
  return withClient(server, async (client) => {
    const found: SourceTool[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.listTools(cursor === undefined ? {} : { cursor }, options(server));
      for (const { name, title, annotations, description, inputSchema } of page.tools) {
        found.push({
          name,
          title: title ?? annotations?.title ?? null,
          description: (description ?? "").slice(0, 2_000),
          inputSchema: { ...inputSchema },
          operation: null,
        });
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined && found.length < maxSourceTools);
    return found.slice(0, maxSourceTools);
  });
}

/** Calls a tool of an MCP server; gives its structured result, else its text. @throws ToolFailure */
export async function callMcpTool(
  server: McpServer,
  name: string,
  input: Record<string, unknown>,
): Promise<unknown> {
  return withClient(server, async (client) => {
    const result = await client.callTool({ name, arguments: input }, undefined, options(server));
    const content = Array.isArray(result.content) ? result.content : [];
    const text = content.map(textOf).join("\n");
    if (result.isError) throw new ToolFailure(text || "The tool failed and gave no reason.");
    return result.structuredContent ?? text;
  });
}

function options({ signal }: McpServer) {
  return { signal, timeout: requestTimeoutMs };
}

function textOf(part: unknown): string {
  if (typeof part !== "object" || part === null || !("type" in part)) return "";
  if (part.type === "text" && "text" in part) return String(part.text);
  if (part.type === "resource_link" && "uri" in part) return String(part.uri);
  return `[${String(part.type)}]`;
}

async function withClient<T>(server: McpServer, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ name: "AIgateway", version: "1.0.0" });
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    requestInit: { headers: server.headers },
    ...(server.signIn && { authProvider: server.signIn }),
    fetch: (url, init) => server.fetch(url, { ...init, signal: bothSignals(init?.signal, server.signal) }),
  });
  try {
    // The SDK's own types disagree under exactOptionalPropertyTypes.
    await client.connect(transport as Parameters<Client["connect"]>[0], options(server));
    return await work(client);
  } catch (error) {
    server.signal.throwIfAborted();
    if (error instanceof ToolFailure) throw error;
    if (error instanceof Error && error.cause instanceof ToolFailure) throw error.cause;
    if (error instanceof UnauthorizedError || (server.auth !== "header" && hasStatus(error, 401))) {
      throw new SignInNeeded("The MCP server wants you to sign in: do so in Settings, Tools.", {
        cause: error,
      });
    }
    if (error instanceof StreamableHTTPError && (error.code === 401 || error.code === 403)) {
      throw new ToolFailure(
        `The MCP server refused access (status ${error.code}): check the header it wants.`,
        {
          cause: error,
        },
      );
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolFailure(`The MCP server could not be used: ${reason.slice(0, 500)}`, { cause: error });
  } finally {
    await client.close();
  }
}

function hasStatus(error: unknown, status: number): boolean {
  return error instanceof StreamableHTTPError && error.code === status;
}

function bothSignals(one: AbortSignal | null | undefined, other: AbortSignal): AbortSignal {
  return one ? AbortSignal.any([one, other]) : other;
}
