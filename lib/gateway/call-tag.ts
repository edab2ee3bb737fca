import { ApiError } from "#lib/wire/errors.ts";

/** The header that books a call's cost under a name of the caller's. */
export const tagHeader = "x-aig-tag";

const tagShape = /^[\x20-\x7e]{0,64}$/;

/**
 * The tag of a call; empty when none was sent.
 * @throws ApiError `invalid_request` for one that is too long or not printable ASCII
 */
export function readTag(header: string | string[] | undefined): string {
  const tag = (Array.isArray(header) ? header.join(", ") : (header ?? "")).trim();
  if (tagShape.test(tag)) return tag;
  throw new ApiError("invalid_request", `\`${tagHeader}\` must have at most 64 printable ASCII characters.`, {
    param: tagHeader,
  });
}
