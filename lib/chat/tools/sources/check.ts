import { readText } from "../guarded-fetch.ts";
import { storeCheck } from "../store/sources.ts";
import { runTool, ToolFailure } from "../tool.ts";
import { type SourceEnvironment, withAccess } from "./access.ts";
import { listMcpTools, type McpServer, SignInNeeded } from "./mcp.ts";
import { readOpenApi } from "./openapi.ts";
import type { SourceTool, ToolSource } from "./source.ts";

const checkMs = 20_000;
const maxDocumentBytes = 2 * 1_048_576;

/** Asks a source what it offers and stores the answer, or why there was none. `pasted`: the document, where it has no address. */
export async function checkSource(
  environment: SourceEnvironment,
  accountId: string,
  source: ToolSource,
  pasted: string | null = null,
): Promise<ToolSource | null> {
  const { db, toolHost } = environment;
  const checkedAt = new Date(toolHost.now());
  try {
    const tools = await ask(environment, accountId, source, pasted);
    return await storeCheck(db, accountId, source.id, checkedAt, { tools });
  } catch (error) {
    if (!(error instanceof ToolFailure)) throw error;
    return storeCheck(db, accountId, source.id, checkedAt, {
      error: error.message,
      wantsSignIn: error instanceof SignInNeeded,
    });
  }
}

async function ask(
  environment: SourceEnvironment,
  accountId: string,
  source: ToolSource,
  pasted: string | null,
): Promise<SourceTool[]> {
  if (pasted !== null) return readOpenApi(pasted, "").tools;
  // A pasted document is not kept, and does not change.
  if (source.url === "") return source.tools;
  const { toolHost } = environment;
  let tools: SourceTool[] = [];
  await runTool(toolHost, source.kind, { timeoutMs: checkMs, abortSignal: undefined }, async (signal) => {
    tools = await withAccess(environment, accountId, source, signal, (server) =>
      source.kind === "mcp" ? listMcpTools(server) : listOperations(server),
    );
  });
  return tools;
}

async function listOperations({ url, headers, fetch, signal }: McpServer): Promise<SourceTool[]> {
  const response = await fetch(url, { headers, signal });
  if (!response.ok) {
    throw new ToolFailure(`The document's address answered with status ${response.status}.`);
  }
  return readOpenApi(await readText(response, maxDocumentBytes), url).tools;
}
