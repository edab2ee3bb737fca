import { APICallError, StreamProviderError } from "ai";
import { z } from "zod";
import type { MessageFailure } from "../message.ts";

const reasonSchema = z.looseObject({ message: z.string(), code: z.string().nullish() });
const bodySchema = z.union([
  z.looseObject({ error: reasonSchema }).transform((body) => body.error),
  z
    .looseObject({ response: z.looseObject({ error: reasonSchema }) })
    .transform((body) => body.response.error),
  reasonSchema,
]);

/**
 * Why a reply failed, in the gateway's own words where it gave any: the body of an error response, an error event in the
 * stream, or a connection that could not be made or broke. `retryAfterS` is what a 429 said.
 */
export function toFailure(error: unknown, requestId: string | null): MessageFailure {
  if (APICallError.isInstance(error)) {
    const answeredId = error.responseHeaders?.["x-request-id"] ?? requestId;
    const retryAfterS = Number(error.responseHeaders?.["retry-after"] ?? Number.NaN);
    return {
      ...(readReason(error.responseBody) ?? unreadable(error.statusCode)),
      requestId: answeredId,
      ...(Number.isFinite(retryAfterS) ? { retryAfterS } : {}),
    };
  }
  if (StreamProviderError.isInstance(error)) {
    return { code: String(error.code ?? "upstream_error"), message: error.message, requestId };
  }
  if (isBrokenConnection(error)) return { ...brokenOff, requestId };
  return { code: "internal", message: "The reply failed because of an error in this server.", requestId };
}

/** The failure of a stream that ended without saying that it was complete. */
export function truncated(requestId: string | null): MessageFailure {
  return { ...brokenOff, requestId };
}

const brokenOff = {
  code: "upstream_error",
  message: "The connection to the model broke off before the answer was complete.",
};

function readReason(body: string | undefined): { code: string; message: string } | null {
  if (body === undefined) return null;
  const parsed = bodySchema.safeParse(parseJson(body));
  return parsed.success ? { code: parsed.data.code ?? "upstream_error", message: parsed.data.message } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function unreadable(status: number | undefined): { code: string; message: string } {
  return status === undefined
    ? { code: "upstream_unavailable", message: "The gateway could not be reached." }
    : { code: "upstream_error", message: `The gateway answered with status ${status} and nothing readable.` };
}

/** `fetch` reports a broken body as a TypeError whose cause has a code of the socket. */
function isBrokenConnection(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error && "code" in error.cause;
}
