import { editBodySchema } from "#app/api/chats/bodies.ts";
import { orRefuse } from "#app/api/chats/refuse.ts";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { editReply } from "#lib/chat/store/edits.ts";
import { getDb } from "#lib/db/client.ts";

interface Context {
  params: Promise<{ chatId: string; messageId: string }>;
}

/** Stores a reply with other texts, as a version beside the one there is. */
export const POST = handle<Context>(async (request, { params }) => {
  const account = await requireApiAccount();
  const edit = await readJson(request, editBodySchema);
  await orRefuse(editReply(getDb(), account.id, { ...(await params), ...edit, now: new Date() }));
  return Response.json({ assistantMessageId: edit.assistantMessageId }, { status: 201 });
});
