import type { Db } from "#lib/db/client.ts";
import { readText } from "../guarded-fetch.ts";
import type { ToolHost } from "../host.ts";
import { openHeaders, storeCheck } from "../store/sources.ts";
import { runTool, ToolFailure } from "../tool.ts";
import { listMcpTools } from "./mcp.ts";
import { readOpenApi } from "./openapi.ts";
import type { SourceTool, ToolSource } from "./source.ts";

const checkMs = 20_000;
const maxDocumentBytes = 2 * 1_048_576;

export interface SourceEnvironment {
  db: Db;
  authSecret: string;
  toolHost: ToolHost;
}

/** Asks a source what it offers and stores the answer, or why there was none. `pasted`: the document, where it has no address. */
export async function checkSource(
  { db, authSecret, toolHost }: SourceEnvironment,
  accountId: string,
  source: ToolSource,
  pasted: string | null = null,
): Promise<ToolSource | null> {
  const checkedAt = new Date(toolHost.now());
  try {
    const headers = await openHeaders(db, authSecret, accountId, source.id);
    const tools = await ask(toolHost, source, headers, pasted);
    return await storeCheck(db, accountId, source.id, checkedAt, { tools });
  } catch (error) {
    if (!(error instanceof ToolFailure)) throw error;
    return storeCheck(db, accountId, source.id, checkedAt, { error: error.message });
  }
}

async function ask(
  host: ToolHost,
  source: ToolSource,
  headers: Record<string, string>,
  pasted: string | null,
): Promise<SourceTool[]> {
  if (pasted !== null) return readOpenApi(pasted, "").tools;
  // A pasted document is not kept, and does not change.
  if (source.url === "") return source.tools;
  let tools: SourceTool[] = [];
  await runTool(host, source.kind, { timeoutMs: checkMs, abortSignal: undefined }, async (signal) => {
    if (source.kind === "mcp") {
      tools = await listMcpTools({ url: source.url, headers, fetch: host.fetch, signal });
    } else {
      const response = await host.fetch(source.url, { headers, signal });
      if (!response.ok)
        throw new ToolFailure(`The document's address answered with status ${response.status}.`);
      tools = readOpenApi(await readText(response, maxDocumentBytes), source.url).tools;
    }
  });
  return tools;
}
