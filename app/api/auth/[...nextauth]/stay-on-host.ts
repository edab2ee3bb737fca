import { refusalError } from "#lib/accounts/refusal.ts";
import { errorBody } from "#lib/wire/errors.ts";

/**
 * next-auth's answer, made fit for this installation: redirects become paths, so that they stay on the host the
 * browser used, and a throttled sign-in answers 429.
 */
export async function stayOnHost(response: Response, origin: string): Promise<Response> {
  const target = response.headers.get("location") ?? (await redirectInBody(response));
  if (target === null) return response;
  const url = new URL(target, origin);
  const [, by, retryAfterS] =
    /^throttled-(email|address)-(\d+)$/.exec(url.searchParams.get("code") ?? "") ?? [];
  if (by !== undefined) return tooManyAttempts(by === "address" ? by : "email", Number(retryAfterS));
  if (!response.headers.has("location")) return response;
  const headers = new Headers(response.headers);
  headers.set("location", url.origin === origin ? `${url.pathname}${url.search}${url.hash}` : "/");
  return new Response(null, { status: response.status, headers });
}

/** Where next-auth's own client is told to go: `{url}` in the body of a 200. */
async function redirectInBody(response: Response): Promise<string | null> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return typeof body === "object" && body !== null && "url" in body && typeof body.url === "string"
    ? body.url
    : null;
}

function tooManyAttempts(by: "email" | "address", retryAfterS: number): Response {
  const error = refusalError({ ok: false, reason: "throttled", by, retryAfterS });
  return Response.json(errorBody(error), { status: 429, headers: { "retry-after": String(retryAfterS) } });
}
