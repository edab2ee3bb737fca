import { cookies, headers as requestHeaders } from "next/headers";
import NextAuth, { AuthError, type NextAuthConfig } from "next-auth";
import { encode } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getLog } from "#lib/ops/log.ts";
import { authCookies, cameByHttps } from "./auth-cookies.ts";
import { callerOf } from "./caller.ts";
import { parseSignInForm } from "./forms.ts";
import { localPathOr } from "./local-path.ts";
import { tokenSchema } from "./session-id.ts";
import { checkCredentials } from "./sign-in.ts";
import { SignInRefused } from "./sign-in-refused.ts";
import {
  createSession,
  deleteSession,
  getSessionAccount,
  purgeExpired,
  sessionLifetimeMs,
} from "./store/sessions.ts";

const credentials = Credentials({
  credentials: { email: {}, password: {} },
  async authorize(given, request) {
    const parsed = parseSignInForm(given);
    if (!parsed.ok) throw new SignInRefused({ ok: false, reason: "wrong_credentials" });
    const caller = callerOf(request.headers);
    const result = await checkCredentials(getDb(), { ...parsed.form, ...caller });
    if (!result.ok) throw new SignInRefused(result);
    return { id: result.account.id, sessionId: await openSession(result.account.id, request.headers) };
  },
});

async function openSession(accountId: string, headers: Headers): Promise<string> {
  const { now, userAgent } = callerOf(headers);
  await purgeExpired(getDb(), now);
  return createSession(getDb(), accountId, { userAgent, now });
}

const callbacks: NonNullable<NextAuthConfig["callbacks"]> = {
  async jwt({ token, user }) {
    const signingIn = tokenSchema.safeParse(user);
    if (signingIn.success) return signingIn.data;
    const { data } = tokenSchema.safeParse(token);
    if (!data) return null;
    const account = await getSessionAccount(getDb(), data.sessionId, new Date());
    return account ? { ...data, account } : null;
  },
  session({ session, token }) {
    const { expires } = session;
    const { account } = token;
    return Object.assign({ expires }, { account });
  },
  redirect({ url, baseUrl }) {
    const path = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
    return `${baseUrl}${localPathOr(path, "/chat")}`;
  },
};

const logger: NonNullable<NextAuthConfig["logger"]> = {
  error(error) {
    // A wrong password, or a cookie of an older secret, is no fault of the program.
    const expected =
      error instanceof AuthError && ["CredentialsSignin", "JWTSessionError"].includes(error.type);
    getLog()[expected ? "debug" : "error"]({ err: error }, "next-auth");
  },
  warn: (code) => getLog().warn({ code }, "next-auth"),
  debug: (message) => getLog().trace(message),
};

function authConfig(headers: Headers): NextAuthConfig {
  const secure = cameByHttps(headers);
  return {
    basePath: "/api/auth",
    secret: getConfig().authSecret,
    trustHost: true,
    useSecureCookies: secure,
    cookies: authCookies(secure),
    session: { strategy: "jwt", maxAge: sessionLifetimeMs / 1000 },
    pages: { signIn: "/signin", signOut: "/signin", error: "/signin" },
    providers: [credentials],
    callbacks,
    logger,
    events: {
      async signOut(message) {
        const { data } = tokenSchema.safeParse("token" in message ? message.token : null);
        if (data) await deleteSession(getDb(), data.sessionId);
      },
    },
  };
}

// The configuration is made for each request: it is not set yet when this file loads, and cookies follow the scheme.
export const { handlers, signIn, signOut } = NextAuth(async (request) =>
  authConfig(request?.headers ?? (await requestHeaders())),
);

/** Signs in the browser whose request is being answered, without a password: for an account made in this request. */
export async function signInNewAccount(accountId: string): Promise<void> {
  const headers = await requestHeaders();
  const { sessionToken } = authCookies(cameByHttps(headers));
  const sessionId = await openSession(accountId, headers);
  const maxAge = sessionLifetimeMs / 1000;
  const token = await encode({
    token: { sessionId },
    secret: getConfig().authSecret,
    salt: sessionToken.name,
    maxAge,
  });
  (await cookies()).set(sessionToken.name, token, { ...sessionToken.options, maxAge });
}
