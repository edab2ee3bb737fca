import { getToken } from "next-auth/jwt";
import { z } from "zod";
import { authCookies, cameByHttps } from "./auth-cookies.ts";

/** What a session's token carries: whether the session is in force is asked of the database each time. */
export const tokenSchema = z.object({ sessionId: z.string() });

/** The session that the cookies of a request name; null without a token of this secret that has not expired. */
export async function readSessionId(headers: Pick<Headers, "get">, secret: string): Promise<string | null> {
  const cookie = headers.get("cookie");
  if (cookie === null) return null;
  const { name } = authCookies(cameByHttps(headers)).sessionToken;
  // Only the cookies: a token that came by another way would not be bound to this browser.
  const token = await getToken({
    req: { headers: { cookie } },
    secret,
    cookieName: name,
  });
  return tokenSchema.safeParse(token).data?.sessionId ?? null;
}
