import { z } from "zod";
import type { ChatCursor } from "#lib/chat/store/chats.ts";
import { ApiError } from "#lib/wire/errors.ts";

const cursorSchema = z.tuple([z.number().int(), z.string()]);

/** The place in the list of chats, as the opaque text that clients send back. */
export function writeCursor({ lastMessageAt, id }: ChatCursor): string {
  return Buffer.from(JSON.stringify([lastMessageAt.getTime(), id])).toString("base64url");
}

/** @throws ApiError `invalid_request` when the text was not made by `writeCursor` */
export function readCursor(text: string): ChatCursor {
  try {
    const [time, id] = cursorSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return { lastMessageAt: new Date(time), id };
  } catch (cause) {
    throw new ApiError("invalid_request", "The cursor is not one that this list gave.", {
      param: "cursor",
      cause,
    });
  }
}
