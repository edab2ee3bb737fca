import { auth } from "@modelcontextprotocol/sdk/client/auth.js";
import { listSources } from "../store/sources.ts";
import { runTool, ToolFailure } from "../tool.ts";
import { type SourceEnvironment, signInStore } from "./access.ts";
import { checkSource } from "./check.ts";
import { listMcpTools, SignInNeeded } from "./mcp.ts";
import { beginningSignIn, isPending, storedSignIn } from "./sign-in.ts";
import type { ToolSource } from "./source.ts";

const signInMs = 20_000;

/**
 * Begins a sign-in at the authorization server of an MCP server (OAuth 2.1 with PKCE, as the protocol says). Gives the address
 * to send the person to; null when the server lets them in without.
 * @throws ToolFailure when the server or its authorization server cannot be used
 */
export async function beginSignIn(
  environment: SourceEnvironment,
  accountId: string,
  source: ToolSource,
  redirectUrl: string,
): Promise<string | null> {
  const { toolHost } = environment;
  const store = signInStore(environment, accountId, source.id);
  const beginning = beginningSignIn(store, redirectUrl, toolHost.now);
  await withinTime(environment, async (signal) => {
    const { url, auth: kind } = source;
    const server = {
      url,
      auth: kind,
      headers: {},
      signIn: beginning.provider,
      fetch: toolHost.fetch,
      signal,
    };
    await listMcpTools(server).catch((error: unknown) => {
      if (!(error instanceof SignInNeeded)) throw error;
    });
  });
  const url = beginning.authorizationUrl();
  if (url === null) return null;
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new ToolFailure("The MCP server names a page to sign in at that is not a web address.");
  }
  return url.href;
}

/**
 * Ends it with what the browser brought back, and asks the source what it offers. Null when the account has no such sign-in under
 * way: it is over, too old or another account's.
 * @throws ToolFailure when the authorization server refuses the code
 */
export async function endSignIn(
  environment: SourceEnvironment,
  accountId: string,
  returned: { state: string; code: string },
): Promise<ToolSource | null> {
  const { db, toolHost } = environment;
  for (const source of await listSources(db, accountId)) {
    const store = signInStore(environment, accountId, source.id);
    const signIn = source.auth === "oauth" ? await store.read() : null;
    if (!signIn || !isPending(signIn, returned.state, toolHost.now())) continue;
    const metadataUrl = signIn.pending?.resourceMetadataUrl ?? null;
    await withinTime(environment, async (signal) => {
      await auth(storedSignIn(store, signIn.redirectUrl), {
        serverUrl: source.url,
        authorizationCode: returned.code,
        ...(metadataUrl !== null && { resourceMetadataUrl: new URL(metadataUrl) }),
        fetchFn: (url, init) => toolHost.fetch(url, { ...init, signal }),
      }).catch((error: unknown) => {
        if (error instanceof ToolFailure) throw error;
        const reason = error instanceof Error ? error.message.slice(0, 300) : String(error);
        throw new ToolFailure(`The sign-in was refused: ${reason}`, { cause: error });
      });
    });
    return checkSource(environment, accountId, source);
  }
  return null;
}

async function withinTime(
  { toolHost }: SourceEnvironment,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await runTool(toolHost, "mcp sign-in", { timeoutMs: signInMs, abortSignal: undefined }, work);
}
