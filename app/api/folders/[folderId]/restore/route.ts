import { required } from "#app/api/chats/refuse.ts";
import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { restoreFolder } from "#lib/chat/store/folders.ts";
import { getDb } from "#lib/db/client.ts";

/** Takes back the deletion of a folder. */
export const POST = handle<{ params: Promise<{ folderId: string }> }>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const { folderId } = await params;
  required((await restoreFolder(getDb(), account.id, folderId)) || null);
  return new Response(null, { status: 204 });
});
