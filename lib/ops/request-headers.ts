import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** The content security policy of every page. Styles may be inline (highlighted code sets colours by attribute), scripts need the nonce. */
export function contentSecurityPolicy(nonce: string, dev: boolean): string {
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws:" : ""}`,
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
  ];
  return directives.join("; ");
}

/** The policy of what is data and no page, such as a file somebody uploaded: opened in a tab, it can do nothing. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
const dataPaths = /^\/(api\/(?!auth\/)|share\/[^/]+\/files\/)/;

/**
 * The policy of the page in which code of an answer is previewed (app/preview): its own scripts and styles run, apart from every origin, and
 * nothing is fetched, sent or embedded. Where its frame may go is the framing page's to say: nowhere but here.
 */
const previewPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "media-src data: blob:",
  "font-src data:",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  "sandbox allow-scripts",
].join("; ");
const previewPath = /^\/preview(\?|$)/;

function policyOf(url: string, ofPages: string): string {
  if (previewPath.test(url)) return previewPolicy;
  return dataPaths.test(url) ? dataPolicy : ofPages;
}

function firstOf(value: string | string[] | undefined): string | null {
  const text = Array.isArray(value) ? value[0] : value;
  return text?.split(",")[0]?.trim() || null;
}

/**
 * Prepares a request for the pages: who calls (`x-client-address`) and by which scheme (`x-forwarded-proto`) are decided here
 * and nowhere else, and forged ones dropped; the nonce goes to Next in the request and to the browser in the policy.
 */
export function applyPageHeaders(
  req: IncomingMessage,
  res: ServerResponse,
  options: { trustProxy: boolean; dev: boolean },
): void {
  const forwardedFor = options.trustProxy ? firstOf(req.headers["x-forwarded-for"]) : null;
  const forwardedProto = options.trustProxy ? firstOf(req.headers["x-forwarded-proto"]) : null;
  if (!options.trustProxy) {
    delete req.headers["x-forwarded-for"];
    delete req.headers["x-forwarded-host"];
    delete req.headers["x-forwarded-port"];
    delete req.headers.forwarded;
  }
  req.headers["x-client-address"] = forwardedFor ?? req.socket.remoteAddress ?? "unknown";
  req.headers["x-forwarded-proto"] = forwardedProto === "https" ? "https" : "http";

  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, options.dev);
  req.headers["x-nonce"] = nonce;
  // Server components cannot see the address they render; sign-in leads back to it.
  req.headers["x-page-path"] = req.url ?? "/";
  req.headers["content-security-policy"] = policy;
  res.setHeader("content-security-policy", policyOf(req.url ?? "/", policy));
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("referrer-policy", "same-origin");
  // Dictation is the browser's own, and asks the person.
  res.setHeader("permissions-policy", "camera=(), microphone=(self), geolocation=()");
  if (forwardedProto === "https") res.setHeader("strict-transport-security", "max-age=15552000");
}
