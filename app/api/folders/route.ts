import { folderBodySchema } from "#app/api/chats/bodies.ts";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { createFolder, listFolders } from "#lib/chat/store/folders.ts";
import { getDb } from "#lib/db/client.ts";

/** The account's folders. */
export const GET = handle(async () => {
  const account = await requireApiAccount();
  return Response.json({ folders: await listFolders(getDb(), account.id) });
});

/** Makes a folder. */
export const POST = handle(async (request) => {
  const account = await requireApiAccount();
  const { name } = await readJson(request, folderBodySchema);
  return Response.json({ folder: await createFolder(getDb(), account.id, name) }, { status: 201 });
});
