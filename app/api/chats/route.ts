import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { listChats } from "#lib/chat/store/chats.ts";
import { deleteAllChats } from "#lib/chat/store/exports.ts";
import { getDb } from "#lib/db/client.ts";
import { readCursor, writeCursor } from "./cursor.ts";

/** The account's chats, latest first, 30 a page. */
export const GET = handle(async (request) => {
  const account = await requireApiAccount();
  const cursor = new URL(request.url).searchParams.get("cursor");
  const { chats, next } = await listChats(getDb(), account.id, cursor === null ? null : readCursor(cursor));
  return Response.json({ chats, nextCursor: next && writeCursor(next) });
});

/** Hides all chats of the account at once; they can be restored one by one for 30 days. */
export const DELETE = handle(async () => {
  const account = await requireApiAccount();
  return Response.json({ deleted: await deleteAllChats(getDb(), account.id, new Date()) });
});
