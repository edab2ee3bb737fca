import { ApiError } from "#lib/wire/errors.ts";
import type { Upstream } from "../upstreams/upstream.ts";
import { type FetchImage, ImageRefused } from "./fetch-image.ts";

type Body = Record<string, unknown>;

/** An image of a request that cannot be fetched. */
export class ImageError extends ApiError {
  readonly imageUrl: string;
  readonly reason: string;

  constructor(field: string, imageUrl: string, reason: string) {
    super("invalid_request", `The image at ${field} cannot be used: ${reason}.`, { param: field });
    this.imageUrl = imageUrl;
    this.reason = reason;
  }

  /** The same error about another name of the field; null: the name it has. */
  inField(field: string | null): ImageError {
    return field === null ? this : new ImageError(field, this.imageUrl, this.reason);
  }
}

/**
 * Puts the bytes of images at http(s) addresses into a chat-completions body, as data URIs.
 * @throws ImageError naming the first image that cannot be had.
 */
export type InlineImages = (body: Body, signal: AbortSignal) => Promise<Body>;

const maxImages = 16;
const maxTotalBytes = 32 * 1024 * 1024;
const atOnce = 4;
const defaultPatienceMs = 10_000;

/**
 * At most 16 different images a request, 32 MiB together, within 10 s for all of them. A body that is sent again (to the same
 * upstream or another) is not fetched for again.
 */
export function createImageInliner(fetchImage: FetchImage, patienceMs = defaultPatienceMs): InlineImages {
  const inlined = new WeakMap<Body, Body>();
  return async (body, signal) => {
    const images = findImages(body);
    if (images.size === 0) return body;
    const [tooMany] = [...images].slice(maxImages);
    if (tooMany)
      throw new ImageError(tooMany[1], tooMany[0], `a request may name ${maxImages} addresses at most`);
    const known = inlined.get(body);
    if (known) return known;
    const dataUris = await fetchAll(images, { fetchImage, signal, patienceMs });
    const result = replaceImages(body, dataUris);
    inlined.set(body, result);
    return result;
  };
}

/** The same upstream, given images as bytes. */
export function withInlineImages<T extends Upstream>(upstream: T, inline: InlineImages): T {
  return {
    ...upstream,
    send: async (call) => upstream.send({ ...call, body: await inline(call.body, call.signal) }),
  };
}

interface Fetching {
  fetchImage: FetchImage;
  signal: AbortSignal;
  patienceMs: number;
}

/** `images`: each address and the field it stands in first. Gives the data URI of each. */
async function fetchAll(
  images: ReadonlyMap<string, string>,
  { fetchImage, signal, patienceMs }: Fetching,
): Promise<Map<string, string>> {
  const failed = new AbortController();
  const late = AbortSignal.timeout(patienceMs);
  const stop = AbortSignal.any([signal, failed.signal, late]);
  const queue = [...images];
  const dataUris = new Map<string, string>();
  let leftBytes = maxTotalBytes;
  const onBytes = (sizeBytes: number) => {
    leftBytes -= sizeBytes;
    if (leftBytes < 0) throw new ImageRefused("the images of the request are larger than 32 MiB together");
  };
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [url, field] = next;
      try {
        const { mediaType, bytes } = await fetchImage(url, { signal: stop, onBytes });
        dataUris.set(url, `data:${mediaType};base64,${bytes.toString("base64")}`);
      } catch (error) {
        signal.throwIfAborted();
        if (late.aborted)
          throw new ImageError(field, url, `fetching took longer than ${patienceMs / 1000} s`);
        throw error instanceof ImageRefused ? new ImageError(field, url, error.message) : error;
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    failed.abort();
  }
  return dataUris;
}

function isRecord(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The http(s) address in an `image_url` part. */
function addressIn(part: unknown): string | null {
  if (!isRecord(part) || part.type !== "image_url") return null;
  const url = isRecord(part.image_url) ? part.image_url.url : part.image_url;
  return typeof url === "string" && /^\s*https?:/i.test(url) ? url : null;
}

function findImages({ messages }: Body): Map<string, string> {
  const found = new Map<string, string>();
  for (const [at, message] of asList(messages).entries()) {
    for (const [index, part] of asList(isRecord(message) ? message.content : null).entries()) {
      const url = addressIn(part);
      if (url !== null && !found.has(url)) found.set(url, `messages[${at}].content[${index}].image_url`);
    }
  }
  return found;
}

function replaceImages(body: Body, dataUris: ReadonlyMap<string, string>): Body {
  const replaced = (part: unknown): unknown => {
    const url = addressIn(part);
    const dataUri = url === null ? undefined : dataUris.get(url);
    if (dataUri === undefined || !isRecord(part)) return part;
    const { image_url } = part;
    return { ...part, image_url: isRecord(image_url) ? { ...image_url, url: dataUri } : dataUri };
  };
  const messages = asList(body.messages).map((message) =>
    isRecord(message) && Array.isArray(message.content)
      ? { ...message, content: message.content.map(replaced) }
      : message,
  );
  return { ...body, messages };
}
