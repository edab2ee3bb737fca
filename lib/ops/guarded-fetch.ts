import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { Agent, type Dispatcher, request } from "undici";
import { isPublicAddress } from "./public-address.ts";

/** `fetch` that reaches only hosts which it may; strings and forms as bodies. */
export type GuardedFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

interface Address {
  address: string;
  family: number;
}

/** Why an address is not reached, for who tells it in other words. */
export type UnreachedReason = "bad_address" | "not_public" | "unknown_host" | "unreachable" | "redirected";

/** Whom the guard lets through. */
export interface AddressGuard {
  resolve(hostname: string): Promise<readonly Address[]>;
  isAllowed(address: string): boolean;
}

export interface GuardedFetchOptions extends AddressGuard {
  /** The class of what is thrown when an address may not be reached, or cannot be; its message is a sentence for the person. */
  Failure: new (
    message: string,
    options: ErrorOptions | undefined,
    reason: UnreachedReason,
  ) => Error;
}

const maxRedirects = 5;
const connectTimeoutMs = 10_000;
const redirects = new Set([301, 302, 303, 307, 308]);

/** Reaches the public internet; with `allowPrivate`, whatever this machine reaches. */
export function addressGuard({ allowPrivate }: { allowPrivate: boolean }): AddressGuard {
  return {
    resolve: (hostname) => lookup(hostname, { all: true }),
    isAllowed: allowPrivate ? () => true : isPublicAddress,
  };
}

/**
 * A `fetch` for addresses that a person or a model names. The addresses of a host are checked as its connection is made, and
 * that very connection is used, so that a name which changes its answer gains nothing. Each redirect is checked alike; a redirect
 * to another origin loses the headers that were given.
 * @throws `Failure` when the address may not be reached, or cannot be
 */
export function createGuardedFetch(options: GuardedFetchOptions): GuardedFetch {
  const agent = new Agent({
    connect: { lookup: checkedLookup(options), timeout: connectTimeoutMs },
    maxHeaderSize: 32_768,
  });
  return async (address, init = {}) => {
    const { Failure } = options;
    let url = parseUrl(String(address), options);
    let call = { method: init.method ?? "GET", headers: new Headers(init.headers), body: bodyOf(init.body) };
    for (let hops = 0; hops <= maxRedirects; hops++) {
      checkUrl(url, options);
      const answer = await send(agent, url, call, { signal: init.signal ?? null, Failure });
      const location = redirects.has(answer.statusCode) ? answer.headers.location : undefined;
      if (location === undefined || init.redirect === "manual") return toResponse(answer);
      await answer.body.dump();
      const next = parseUrl(String(location), options, url);
      const turnsToGet = answer.statusCode === 303 || (answer.statusCode < 303 && call.method === "POST");
      call = {
        method: turnsToGet ? "GET" : call.method,
        headers: next.origin === url.origin ? call.headers : new Headers(),
        body: turnsToGet ? null : call.body,
      };
      url = next;
    }
    throw new Failure(`The address is redirected more than ${maxRedirects} times.`, undefined, "redirected");
  };
}

function parseUrl(text: string, { Failure }: GuardedFetchOptions, base?: URL): URL {
  const url = URL.parse(text, base);
  if (!url) throw new Failure("The address is not a valid URL.", undefined, "bad_address");
  return url;
}

function checkUrl(url: URL, { isAllowed, Failure }: GuardedFetchOptions): void {
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new Failure("Only http and https addresses are reached.", undefined, "bad_address");
  }
  if (url.username || url.password) {
    throw new Failure("The address holds a password.", undefined, "bad_address");
  }
  // An address in place of a name is connected to without a look-up.
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isIP(host) && !isAllowed(host)) throw new Failure(notPublic(host), undefined, "not_public");
}

function notPublic(host: string): string {
  return `${host} is not on the public internet, and only that may be reached.`;
}

function checkedLookup({ resolve, isAllowed, Failure }: GuardedFetchOptions): LookupFunction {
  return (hostname, { all }, done) => {
    const answer = async () => {
      const addresses = await resolve(hostname).catch((cause: unknown) => {
        throw new Failure(`The host ${hostname} is not known.`, { cause }, "unknown_host");
      });
      const [first] = addresses;
      if (!first) throw new Failure(`The host ${hostname} is not known.`, undefined, "unknown_host");
      if (!addresses.every(({ address }) => isAllowed(address))) {
        throw new Failure(notPublic(hostname), undefined, "not_public");
      }
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
  { signal, Failure }: Pick<GuardedFetchOptions, "Failure"> & { signal: AbortSignal | null },
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
    if (error instanceof Failure) throw error;
    throw new Failure(`${url.host} cannot be reached.`, { cause: error }, "unreachable");
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
