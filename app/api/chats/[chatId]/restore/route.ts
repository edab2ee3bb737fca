import { required } from "#app/api/chats/refuse.ts";
import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { restoreChat } from "#lib/chat/store/chats.ts";
import { getDb } from "#lib/db/client.ts";

/** Takes back the deletion of a chat. */
export const POST = handle<{ params: Promise<{ chatId: string }> }>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const { chatId } = await params;
  const restored = await restoreChat(getDb(), account.id, chatId);
  required(restored || null);
  return new Response(null, { status: 204 });
});
