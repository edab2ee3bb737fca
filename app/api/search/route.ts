import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { searchChats } from "#lib/chat/search/search.ts";
import { getDb } from "#lib/db/client.ts";
import { readSearchCursor, writeSearchCursor } from "./cursor.ts";

/** What of the account's chats contains all words of `q`: titles first, then messages, latest first. */
export const GET = handle(async (request) => {
  const account = await requireApiAccount();
  const params = new URL(request.url).searchParams;
  const cursor = params.get("cursor");
  const { hits, next } = await searchChats(
    getDb(),
    account.id,
    params.get("q") ?? "",
    cursor === null ? undefined : readSearchCursor(cursor),
  );
  return Response.json({ hits, nextCursor: next && writeSearchCursor(next) });
});
