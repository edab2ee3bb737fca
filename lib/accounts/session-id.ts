import { getToken } from "next-auth/jwt";
import { z } from "zod";
import { authCookies, cameByHttps } from "./auth-cookies.ts";

/** What a session's token carries: whether the session is in force is asked of the database each time. */
export const tokenSchema = z.object({ sessionId: z.string() });
const datedTokenSchema = tokenSchema.extend({ exp: z.number() });

const maxKnown = 1_000;
/** What tokens say, by all that they were read with, the latest last: a browser sends the same one with every request. */
const known = new Map<string, { sessionId: string; expiresAtMs: number }>();

/** The session that the cookies of a request name; null without a token of this secret that has not expired. */
export async function readSessionId(headers: Pick<Headers, "get">, secret: string): Promise<string | null> {
  const cookie = headers.get("cookie");
  if (cookie === null) return null;
  const { name } = authCookies(cameByHttps(headers)).sessionToken;
  const key = `${secret}\n${name}\n${cookie}`;
  const before = known.get(key);
  if (before && before.expiresAtMs > Date.now()) return before.sessionId;
  // Only the cookies: a token that came by another way would not be bound to this browser.
  const token = await getToken({
    req: { headers: { cookie } },
    secret,
    cookieName: name,
  });
  const { data } = datedTokenSchema.safeParse(token);
  if (!data) return null;
  remember(key, { sessionId: data.sessionId, expiresAtMs: data.exp * 1_000 });
  return data.sessionId;
}

function remember(key: string, session: { sessionId: string; expiresAtMs: number }): void {
  known.set(key, session);
  const [oldest] = known.keys();
  if (known.size > maxKnown && oldest !== undefined) known.delete(oldest);
}
