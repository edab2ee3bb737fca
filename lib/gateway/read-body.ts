import type { IncomingMessage } from "node:http";
import { ApiError } from "#lib/wire/errors.ts";
import { refuseUnreasonableShape } from "./body-shape.ts";

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** The client went away before its request was whole. */
export class ClientGone extends Error {
  override readonly name = "ClientGone";
}

/**
 * Reads a JSON body of at most `maxBytes`.
 * @throws ApiError `payload_too_large` as soon as it is known, reading no further; `invalid_request` when it is not UTF-8, not JSON, or of
 * an unreasonable shape. ClientGone when the connection ends first.
 */
export async function readJsonBody(req: IncomingMessage, maxBytes: number): Promise<unknown> {
  const bytes = await readBytes(req, maxBytes);
  if (bytes.length === 0)
    throw new ApiError("invalid_request", "The request has no body; send a JSON object.");
  refuseUnreasonableShape(bytes);
  let text: string;
  try {
    text = strictUtf8.decode(bytes);
  } catch (error) {
    throw new ApiError("invalid_request", "The request body is not valid UTF-8.", { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own words may quote the body; its position does not.
    const place = error instanceof Error ? /at position \d+/.exec(error.message)?.[0] : undefined;
    throw new ApiError("invalid_request", `The request body is not valid JSON${place ? ` (${place})` : ""}.`);
  }
}

function readBytes(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = () =>
    new ApiError("payload_too_large", `The request body is larger than ${maxBytes / 1024 / 1024} MiB.`);
  if (Number(req.headers["content-length"] ?? 0) > maxBytes) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (settle: () => void) => {
      req.off("data", onData).off("end", onEnd).off("error", onGone).off("close", onGone);
      settle();
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= maxBytes) return;
      req.pause();
      finish(() => reject(tooLarge()));
    };
    const onEnd = () =>
      finish(() => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    const onGone = () => finish(() => reject(new ClientGone()));
    req.on("data", onData).on("end", onEnd).on("error", onGone).on("close", onGone);
  });
}
