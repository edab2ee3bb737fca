import { required } from "#app/api/chats/refuse.ts";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { shareChoicesSchema } from "#lib/chat/share/snapshot.ts";
import { getChat } from "#lib/chat/store/chats.ts";
import { getShareOfChat, shareChat } from "#lib/chat/store/shares.ts";
import { getDb } from "#lib/db/client.ts";

interface Context {
  params: Promise<{ chatId: string }>;
}

/** The share of a chat, null when it has none. */
export const GET = handle<Context>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const { chatId } = await params;
  required(await getChat(getDb(), account.id, chatId));
  return Response.json({ share: await getShareOfChat(getDb(), account.id, chatId) });
});

/** Shares a chat as it is shown now; one that is shared already keeps its address and gets a new snapshot. */
export const POST = handle<Context>(async (request, { params }) => {
  const account = await requireApiAccount();
  const choices = await readJson(request, shareChoicesSchema);
  const { chatId } = await params;
  const share = required(await shareChat(getDb(), account, chatId, choices, new Date()));
  return Response.json({ share });
});
