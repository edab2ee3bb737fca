import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { listRunningChats } from "#lib/chat/store/chats.ts";
import { getDb } from "#lib/db/client.ts";

/** The ids of the chats in which a reply is being written. */
export const GET = handle(async () => {
  const account = await requireApiAccount();
  return Response.json({ chatIds: await listRunningChats(getDb(), account.id) });
});
