import { ApiError } from "#lib/wire/errors.ts";

export const idempotencyHeader = "idempotency-key";

const accepted = /^[\x20-\x7e]{1,255}$/;

/**
 * The name a client gave its call so that a repetition can be told from a new one: 1 to 255 printable ASCII characters. Null when it
 * gave none.
 * @throws ApiError `invalid_request`
 */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === "string" && accepted.test(header)) return header;
  throw new ApiError("invalid_request", "`Idempotency-Key` takes 1 to 255 printable ASCII characters.", {
    param: "Idempotency-Key",
  });
}
