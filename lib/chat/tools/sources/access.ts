import { auth } from "@modelcontextprotocol/sdk/client/auth.js";
import type { OAuthTokens } from "@modelcontextprotocol/sdk/shared/auth.js";
import type { Db } from "#lib/db/client.ts";
import { shareWork } from "#lib/ops/share-work.ts";
import type { ToolHost } from "../host.ts";
import { changeSignIn, openHeaders, readSignIn } from "../store/sources.ts";
import { type McpServer, SignInNeeded } from "./mcp.ts";
import { type SignInStore, storedSignIn } from "./sign-in.ts";
import type { ToolSource } from "./source.ts";

export interface SourceEnvironment {
  db: Db;
  authSecret: string;
  toolHost: ToolHost;
}

/**
 * Runs work on a source with what signs its calls; a secret is opened for each call and nowhere kept. Tokens that the server no
 * longer takes are renewed, and the work, which the server has refused, is done again.
 */
export async function withAccess<T>(
  environment: SourceEnvironment,
  accountId: string,
  source: ToolSource,
  signal: AbortSignal,
  work: (server: McpServer) => Promise<T>,
): Promise<T> {
  const { db, authSecret, toolHost } = environment;
  const headers = await openHeaders(db, authSecret, accountId, source.id);
  const server = { url: source.url, auth: source.auth, headers, fetch: toolHost.fetch, signal };
  const store = signInStore(environment, accountId, source.id);
  const signIn = source.auth === "oauth" ? await store.read() : null;
  if (!signIn?.tokens) return work(server);
  try {
    return await work({ ...server, headers: signedBy(signIn.tokens) });
  } catch (error) {
    if (!(error instanceof SignInNeeded)) throw error;
    const tokens = await renew(store, server, signIn.redirectUrl, source.id, signIn.tokens);
    if (!tokens) throw error;
    return work({ ...server, headers: signedBy(tokens) });
  }
}

export function signInStore(
  { db, authSecret }: SourceEnvironment,
  accountId: string,
  sourceId: string,
): SignInStore {
  return {
    read: () => readSignIn(db, authSecret, accountId, sourceId),
    change: (fields) => changeSignIn(db, authSecret, accountId, sourceId, fields),
  };
}

function signedBy({ access_token: token }: OAuthTokens) {
  return { authorization: `Bearer ${token}` };
}

const shareRenewal = shareWork<OAuthTokens | null>("mcp-renewals");

/** Tokens in place of `refused`; null where only a new sign-in gets some. Calls of a process share one renewal: a refresh token may serve once. */
function renew(
  store: SignInStore,
  { url, fetch, signal }: McpServer,
  redirectUrl: string,
  sourceId: string,
  refused: OAuthTokens,
): Promise<OAuthTokens | null> {
  return shareRenewal(sourceId, async () => {
    const current = (await store.read())?.tokens ?? null;
    if (current && current.access_token !== refused.access_token) return current;
    const result = await auth(storedSignIn(store, redirectUrl), {
      serverUrl: url,
      fetchFn: (address, init) => fetch(address, { ...init, signal }),
    });
    return result === "AUTHORIZED" ? ((await store.read())?.tokens ?? null) : null;
  });
}
