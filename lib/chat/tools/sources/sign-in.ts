import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { OAuthClientProvider } from "@modelcontextprotocol/sdk/client/auth.js";
import { OAuthClientInformationSchema, OAuthTokensSchema } from "@modelcontextprotocol/sdk/shared/auth.js";
import { z } from "zod";

const pendingForMs = 15 * 60_000;

/** What a sign-in at the authorization server of an MCP server leaves behind; kept sealed. */
export const signInSchema = z.object({
  /** Where the authorization server sends the browser back to. */
  redirectUrl: z.string(),
  client: OAuthClientInformationSchema.nullable(),
  /** Whether the person named the client; otherwise it registered itself, and does so again where it must. */
  isOwnClient: z.boolean(),
  tokens: OAuthTokensSchema.nullable(),
  /** A sign-in under way, from the way out to the way back. */
  pending: z
    .object({
      state: z.string(),
      verifier: z.string(),
      resourceMetadataUrl: z.string().nullable(),
      expiresAt: z.number(),
    })
    .nullable(),
});

export type SignIn = z.infer<typeof signInSchema>;

export interface SignInStore {
  read(): Promise<SignIn | null>;
  /** In one step, whoever else writes. */
  change(fields: Partial<SignIn>): Promise<void>;
}

export const noSignIn: SignIn = {
  redirectUrl: "",
  client: null,
  isOwnClient: false,
  tokens: null,
  pending: null,
};

/** Whether the browser that comes back with `state` belongs to the sign-in under way. */
export function isPending(signIn: SignIn, state: string, now: number): boolean {
  return signIn.pending !== null && signIn.pending.state === state && signIn.pending.expiresAt > now;
}

/**
 * What the MCP client asks for tokens and tells of new ones. It cannot send anybody anywhere: where only a new sign-in helps,
 * calls are refused.
 */
export function storedSignIn(store: SignInStore, redirectUrl: string): OAuthClientProvider {
  let lastRead: SignIn["tokens"] = null;
  const change = (fields: Partial<SignIn>) => store.change({ redirectUrl, ...fields });
  return {
    redirectUrl,
    clientMetadata: {
      client_name: "AIgateway",
      redirect_uris: [redirectUrl],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    },
    clientInformation: async () => (await store.read())?.client ?? undefined,
    saveClientInformation: (client) => change({ client }),
    tokens: async () => {
      lastRead = (await store.read())?.tokens ?? null;
      return lastRead ?? undefined;
    },
    saveTokens: (tokens) => change({ tokens, pending: null }),
    redirectToAuthorization: () => undefined,
    saveCodeVerifier: () => undefined,
    codeVerifier: async () => (await store.read())?.pending?.verifier ?? "",
    invalidateCredentials: async (scope) => {
      if (scope === "tokens" && (await renewedElsewhere(store, lastRead))) return;
      const keepsClient = scope === "tokens" || (await store.read())?.isOwnClient;
      await change({ tokens: null, ...(!keepsClient && { client: null }) });
    },
  };
}

/** Another process may have used the refresh token just before, and be about to store what it got. */
async function renewedElsewhere(store: SignInStore, refused: SignIn["tokens"]): Promise<boolean> {
  for (let look = 0; look < 10; look++) {
    const tokens = (await store.read())?.tokens;
    if (tokens && tokens.access_token !== refused?.access_token) return true;
    await setTimeout(200);
  }
  return false;
}

export interface BeginningSignIn {
  provider: OAuthClientProvider;
  /** Where the person has to go; null while the server asked for nothing. */
  authorizationUrl(): URL | null;
}

/** The same for a person who is there to be sent to the authorization server. */
export function beginningSignIn(store: SignInStore, redirectUrl: string, now: () => number): BeginningSignIn {
  const stored = storedSignIn(store, redirectUrl);
  const state = randomBytes(24).toString("base64url");
  let url: URL | null = null;
  let resourceMetadataUrl: string | null = null;
  const provider: OAuthClientProvider = {
    ...stored,
    clientInformation: async () => {
      const current = await store.read();
      // A client that registered itself did so for the address that people used then.
      const fits = current && (current.isOwnClient || current.redirectUrl === redirectUrl);
      return fits ? (current.client ?? undefined) : undefined;
    },
    // Whoever signs in again wants new tokens, not the old ones renewed.
    tokens: () => undefined,
    state: () => state,
    saveDiscoveryState: (found) => {
      resourceMetadataUrl = found.resourceMetadataUrl ?? null;
    },
    saveCodeVerifier: async (verifier) => {
      const pending = { state, verifier, resourceMetadataUrl, expiresAt: now() + pendingForMs };
      await store.change({ redirectUrl, pending });
    },
    redirectToAuthorization: (to) => {
      url = to;
    },
  };
  return { provider, authorizationUrl: () => url };
}
