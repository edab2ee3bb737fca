import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { Agent, type Dispatcher, request } from "undici";
import { isPublicAddress } from "#lib/ops/public-address.ts";
import { ToolFailure } from "./tool.ts";

/** `fetch` that reaches only hosts which it may; strings and forms as bodies. */
export type GuardedFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

interface Address {
  address: string;
  family: number;
}

export interface GuardedFetchOptions {
  resolve(hostname: string): Promise<readonly Address[]>;
  isAllowed(address: string): boolean;
}

const maxRedirects = 5;
const connectTimeoutMs = 10_000;
const redirects = new Set([301, 302, 303, 307, 308]);

/** Reaches the public internet; with `allowPrivate`, whatever this machine reaches. */
export function fetchGuard({ allowPrivate }: { allowPrivate: boolean }): GuardedFetchOptions {
  return {
    resolve: (hostname) => lookup(hostname, { all: true }),
    isAllowed: allowPrivate ? () => true : isPublicAddress,
  };
}

/**
 * A `fetch` for addresses that a person or a model names. The addresses of a host are checked as its connection is made, and
 * that very connection is used, so that a name which changes its answer gains nothing. Each redirect is checked alike; a redirect
 * to another origin loses the headers that were given.
 * @throws ToolFailure when the address may not be reached, or cannot be
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const agent = new Agent({
    connect: { lookup: checkedLookup(options), timeout: connectTimeoutMs },
    maxHeaderSize: 32_768,
  });
  return async (address, init = {}) => {
    let url = parseUrl(String(address));
    let call = { method: init.method ?? "GET", headers: new Headers(init.headers), body: bodyOf(init.body) };
    for (let hops = 0; hops <= maxRedirects; hops++) {
      checkUrl(url, options);
      const answer = await send(agent, url, call, init.signal ?? null);
      const location = redirects.has(answer.statusCode) ? answer.headers.location : undefined;
      if (location === undefined || init.redirect === "manual") return toResponse(answer);
      await answer.body.dump();
      const next = parseUrl(String(location), url);
      const turnsToGet = answer.statusCode === 303 || (answer.statusCode < 303 && call.method === "POST");
      call = {
        method: turnsToGet ? "GET" : call.method,
        headers: next.origin === url.origin ? call.headers : new Headers(),
        body: turnsToGet ? null : call.body,
      };
      url = next;
    }
    throw new ToolFailure(`The address is redirected more than ${maxRedirects} times.`);
  };
}

function parseUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base);
  if (!url) throw new ToolFailure("The address is not a valid URL.");
  return url;
}

function checkUrl(url: URL, { isAllowed }: GuardedFetchOptions): void {
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new ToolFailure("Only http and https addresses are reached.");
  }
  if (url.username || url.password) throw new ToolFailure("The address holds a password.");
  // An address in place of a name is connected to without a look-up.
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) && !isAllowed(host)) throw notPublic(host);
}

function notPublic(host: string): ToolFailure {
  return new ToolFailure(`${host} is not on the public internet, and only that may be reached.`);
}

function checkedLookup({ resolve, isAllowed }: GuardedFetchOptions): LookupFunction {
  return (hostname, { all }, done) => {
    const answer = async () => {
      const addresses = await resolve(hostname).catch((cause: unknown) => {
        throw new ToolFailure(`The host ${hostname} is not known.`, { cause });
      });
      const [first] = addresses;
      if (!first) throw new ToolFailure(`The host ${hostname} is not known.`);
      if (!addresses.every(({ address }) => isAllowed(address))) throw notPublic(hostname);
      return { first, addresses };
    };
    answer().then(
      ({ first, addresses }) => (all ? done(null, [...addresses]) : done(null, first.address, first.family)),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), "", 4),
    );
  };
}

interface Call {
  method: string;
  headers: Headers;
  body: string | null;
}

function bodyOf(body: RequestInit["body"]): string | null {
  if (body === null || body === undefined) return null;
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError("Only strings and forms are sent.");
}

async function send(
  dispatcher: Dispatcher,
  url: URL,
  { method, headers, body }: Call,
  signal: AbortSignal | null,
): Promise<Dispatcher.ResponseData> {
  try {
    return await request(url, {
      dispatcher,
      method,
      headers: { "user-agent": "AIgateway", "accept-encoding": "identity", ...Object.fromEntries(headers) },
      body,
      signal,
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ToolFailure) throw error;
    throw new ToolFailure(`${url.host} cannot be reached.`, { cause: error });
  }
}

/** Statuses that have no body by definition. */
const bodiless = new Set([101, 204, 205, 304]);

function toResponse({ statusCode, headers, body }: Dispatcher.ResponseData): Response {
  const given = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) given.append(name, one);
  }
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    async cancel() {
      await chunks.return?.();
    },
  });
  return new Response(bodiless.has(statusCode) ? null : stream, { status: statusCode, headers: given });
}

/**
 * The text of a response, which may have `maxBytes` at most.
 * @throws ToolFailure when it is larger
 */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const chunk = read.value;
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      await reader.cancel();
      throw new ToolFailure(`The answer is larger than ${maxBytes / 1_048_576} MiB.`);
    }
    chunks.push(chunk);
  }
  const charset = /charset=["']?([\w-]+)/i.exec(response.headers.get("content-type") ?? "")?.[1] ?? "utf-8";
  return decoderFor(charset).decode(Buffer.concat(chunks));
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
