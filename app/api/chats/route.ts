import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { type ChatListName, listChats } from "#lib/chat/store/chats.ts";
import { deleteAllChats } from "#lib/chat/store/exports.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { readCursor } from "./cursor.ts";
import { toChatList } from "./to-chat-list.ts";

/** One of the account's lists of chats, latest first, 30 a page: `list` is recent, pinned or archived, or `folder` an id. */
export const GET = handle(async (request) => {
  const account = await requireApiAccount();
  const query = new URL(request.url).searchParams;
  const cursor = query.get("cursor");
  const after = cursor === null ? null : readCursor(cursor);
  return Response.json(toChatList(await listChats(getDb(), account.id, after, readList(query))));
});

/** Hides all chats of the account at once; they can be restored one by one for 30 days. */
export const DELETE = handle(async () => {
  const account = await requireApiAccount();
  return Response.json({ deleted: await deleteAllChats(getDb(), account.id, new Date()) });
});

function readList(query: URLSearchParams): ChatListName {
  const folderId = query.get("folder");
  if (folderId !== null) return { kind: "folder", folderId };
  const kind = query.get("list") ?? "recent";
  if (kind === "recent" || kind === "pinned" || kind === "archived") return { kind };
  throw new ApiError("invalid_request", "The lists are recent, pinned and archived.", { param: "list" });
}
