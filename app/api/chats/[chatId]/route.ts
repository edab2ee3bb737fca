import { changeBodySchema } from "#app/api/chats/bodies.ts";
import { required } from "#app/api/chats/refuse.ts";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { deleteChat, getChat, updateChat } from "#lib/chat/store/chats.ts";
import { getNewestMessages, messagesAtOnce } from "#lib/chat/store/newest-messages.ts";
import { getDb } from "#lib/db/client.ts";

interface Context {
  params: Promise<{ chatId: string }>;
}

/** A chat with its whole tree of messages, oldest first; with `part=end` the newest of the branch that it shows. */
export const GET = handle<Context>(async (request, { params }) => {
  const account = await requireApiAccount();
  const { chatId } = await params;
  if (new URL(request.url).searchParams.get("part") === "end") {
    const end = required(await getNewestMessages(getDb(), account.id, chatId, messagesAtOnce));
    const { messages, activeLeafId, running, partial, ...chat } = end;
    return Response.json({ chat, messages, activeLeafId, running, partial });
  }
  const { messages, activeLeafId, running, ...chat } = required(await getChat(getDb(), account.id, chatId));
  return Response.json({ chat, messages, activeLeafId, running });
});

/** Renames, pins, archives or files a chat, or chooses the branch it shows. */
export const PATCH = handle<Context>(async (request, { params }) => {
  const account = await requireApiAccount();
  const change = await readJson(request, changeBodySchema);
  const { chatId } = await params;
  const { activeLeafId, ...chat } = required(await updateChat(getDb(), account.id, chatId, change));
  return Response.json({ chat, activeLeafId });
});

/** Hides a chat at once; it can be restored for 30 days. */
export const DELETE = handle<Context>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const { chatId } = await params;
  const deleted = await deleteChat(getDb(), account.id, chatId, new Date());
  required(deleted || null);
  return new Response(null, { status: 204 });
});
