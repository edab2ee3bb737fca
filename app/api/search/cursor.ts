import { z } from "zod";
import type { SearchCursor } from "#lib/chat/search/search.ts";
import { ApiError } from "#lib/wire/errors.ts";

const maxTimeMs = 8.64e15;
const cursorSchema = z.tuple([
  z.enum(["titles", "messages"]),
  z.tuple([z.number().int().min(-maxTimeMs).max(maxTimeMs), z.string()]).nullable(),
]);

/** The place in the finds of a search, as the opaque text that clients send back. */
export function writeSearchCursor({ among, after }: SearchCursor): string {
  const place = after && [after.at.getTime(), after.id];
  return Buffer.from(JSON.stringify([among, place])).toString("base64url");
}

/** @throws ApiError `invalid_request` when the text was not made by `writeSearchCursor` */
export function readSearchCursor(text: string): SearchCursor {
  try {
    const json = Buffer.from(text, "base64url").toString("utf8");
    const [among, place] = cursorSchema.parse(JSON.parse(json));
    return { among, after: place && { at: new Date(place[0]), id: place[1] } };
  } catch (cause) {
    throw new ApiError("invalid_request", "The cursor is not one that this search gave.", {
      param: "cursor",
      cause,
    });
  }
}
