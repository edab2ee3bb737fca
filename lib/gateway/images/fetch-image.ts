import { lookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { Agent, type Dispatcher, request } from "undici";
import { isPublicAddress } from "#lib/ops/public-address.ts";
import { readImageType } from "./image-type.ts";

export interface FetchedImage {
  mediaType: string;
  bytes: Buffer;
}

export interface ImageFetch {
  signal: AbortSignal;
  /** Told of every piece that arrives; may throw `ImageRefused` to stop. */
  onBytes(sizeBytes: number): void;
}

/** @throws ImageRefused; or whatever its signal was aborted with. */
export type FetchImage = (url: string, fetch: ImageFetch) => Promise<FetchedImage>;

/** Why an image cannot be had: the end of a sentence that begins with what image it is. */
export class ImageRefused extends Error {
  override readonly name = "ImageRefused";
}

interface Address {
  address: string;
  family: number;
}

export interface ImageFetchOptions {
  resolve(hostname: string): Promise<readonly Address[]>;
  isAllowed(address: string): boolean;
  ports: readonly number[];
}

const maxRedirects = 3;
const maxImageBytes = 20 * 1024 * 1024;
const redirects = new Set([301, 302, 303, 307, 308]);

export const publicInternet: ImageFetchOptions = {
  resolve: (hostname) => lookup(hostname, { all: true }),
  isAllowed: isPublicAddress,
  ports: [80, 443],
};

/**
 * Fetches images from addresses that strangers name. Each hop's host is resolved once, all its addresses must be allowed, and the
 * connection is made to those very addresses, so that a name which changes its answer gains nothing. At most three redirects, each
 * checked alike. What arrives must be an image by its bytes, 20 MiB at most.
 */
export function createImageFetcher(options: ImageFetchOptions): FetchImage {
  return async (address, fetch) => {
    let url = parseUrl(address);
    for (let hops = 0; hops <= maxRedirects; hops++) {
      const addresses = await resolveAllowed(url, options, fetch.signal);
      const agent = new Agent({ connect: { lookup: pinnedTo(addresses) }, maxHeaderSize: 16_384 });
      try {
        const answer = await get(url, agent, fetch.signal);
        const location = redirects.has(answer.statusCode) ? answer.headers.location : undefined;
        if (location === undefined) return await readImage(answer, fetch);
        answer.body.on("error", ignoreLateError);
        url = parseUrl(String(location), url);
      } finally {
        await agent.destroy();
      }
    }
    throw new ImageRefused(`it is redirected more than ${maxRedirects} times`);
  };
}

function parseUrl(text: string, base?: URL): URL {
  const url = URL.parse(text, base);
  if (!url) throw new ImageRefused("its address is not a valid URL");
  return url;
}

async function resolveAllowed(
  url: URL,
  { resolve, isAllowed, ports }: ImageFetchOptions,
  signal: AbortSignal,
): Promise<readonly Address[]> {
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new ImageRefused("only http and https addresses are fetched");
  }
  if (url.username || url.password) throw new ImageRefused("its address holds a password");
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  if (!ports.includes(port)) throw new ImageRefused("only the ports 80 and 443 are fetched from");
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(host);
  const addresses = family ? [{ address: host, family }] : await resolved(host, resolve, signal);
  if (addresses.length === 0) throw new ImageRefused("its host is not known");
  if (!addresses.every(({ address }) => isAllowed(address))) {
    throw new ImageRefused("its host is not on the public internet");
  }
  return addresses;
}

async function resolved(
  host: string,
  resolve: ImageFetchOptions["resolve"],
  signal: AbortSignal,
): Promise<readonly Address[]> {
  signal.throwIfAborted();
  const aborted = new Promise<never>((_done, fail) => {
    signal.addEventListener("abort", () => fail(signal.reason), { once: true });
  });
  try {
    return await Promise.race([resolve(host), aborted]);
  } catch (error) {
    signal.throwIfAborted();
    throw new ImageRefused("its host is not known", { cause: error });
  }
}

/** A look-up that knows only the addresses that were checked. */
function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (_hostname, { all }, done) => {
    const [first] = addresses;
    if (all) done(null, [...addresses]);
    else done(null, first?.address ?? "", first?.family ?? 4);
  };
}

async function get(url: URL, agent: Agent, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  try {
    const headers = { accept: "image/*", "accept-encoding": "identity", "user-agent": "AIgateway" };
    return await request(url, { dispatcher: agent, headers, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new ImageRefused("its host cannot be reached", { cause: error });
  }
}

async function readImage(
  { statusCode, body }: Dispatcher.ResponseData,
  fetch: ImageFetch,
): Promise<FetchedImage> {
  body.on("error", ignoreLateError);
  if (statusCode !== 200) throw new ImageRefused(`its host answered with status ${statusCode}`);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > maxImageBytes) throw new ImageRefused("it is larger than 20 MiB");
      fetch.onBytes(chunk.length);
    }
  } catch (error) {
    fetch.signal.throwIfAborted();
    if (error instanceof ImageRefused) throw error;
    throw new ImageRefused("its host broke off", { cause: error });
  }
  const bytes = Buffer.concat(chunks);
  const mediaType = readImageType(bytes);
  if (mediaType === null) throw new ImageRefused("it is not a PNG, JPEG, WebP or GIF");
  return { mediaType, bytes };
}

function ignoreLateError(error: Error): void {
  // Leaving a body half-read is reported to it as an error too.
  void error;
}
