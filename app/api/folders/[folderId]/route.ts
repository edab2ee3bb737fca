import { folderBodySchema } from "#app/api/chats/bodies.ts";
import { required } from "#app/api/chats/refuse.ts";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { deleteFolder, renameFolder } from "#lib/chat/store/folders.ts";
import { getDb } from "#lib/db/client.ts";

interface Context {
  params: Promise<{ folderId: string }>;
}

/** Renames a folder. */
export const PATCH = handle<Context>(async (request, { params }) => {
  const account = await requireApiAccount();
  const { name } = await readJson(request, folderBodySchema);
  const { folderId } = await params;
  return Response.json({ folder: required(await renameFolder(getDb(), account.id, folderId, name)) });
});

/** Deletes a folder; its chats go back to the list. It can be restored for 30 days. */
export const DELETE = handle<Context>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const { folderId } = await params;
  required((await deleteFolder(getDb(), account.id, folderId, new Date())) || null);
  return new Response(null, { status: 204 });
});
