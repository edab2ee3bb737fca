import { NextRequest } from "next/server";
import { handlers } from "#lib/accounts/auth.ts";
import { cameByHttps } from "#lib/accounts/auth-cookies.ts";
import { stayOnHost } from "./stay-on-host.ts";

// Next names a request by the address it listens on; next-auth must know the one the browser used.
function asBrowserSaw(request: NextRequest): NextRequest {
  const { pathname, search } = request.nextUrl;
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host") ?? request.nextUrl.host;
  const scheme = cameByHttps(request.headers) ? "https" : "http";
  return new NextRequest(new URL(`${pathname}${search}`, `${scheme}://${host}`), request);
}

export async function GET(request: NextRequest): Promise<Response> {
  const seen = asBrowserSaw(request);
  return stayOnHost(await handlers.GET(seen), seen.nextUrl.origin);
}

export async function POST(request: NextRequest): Promise<Response> {
  const seen = asBrowserSaw(request);
  return stayOnHost(await handlers.POST(seen), seen.nextUrl.origin);
}
