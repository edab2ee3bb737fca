import { regenerateBodySchema } from "#app/api/chats/bodies.ts";
import { orRefuse } from "#app/api/chats/refuse.ts";
import { startedResponse } from "#app/api/chats/started.ts";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getChatEnvironment } from "#lib/chat/generations/environment.ts";
import { regenerateMessage } from "#lib/chat/turns.ts";

interface Context {
  params: Promise<{ chatId: string; messageId: string }>;
}

/** Starts another version of a reply. */
export const POST = handle<Context>(async (request, { params }) => {
  const account = await requireApiAccount();
  const { assistantMessageId } = await readJson(request, regenerateBodySchema);
  const again = { ...(await params), assistantMessageId };
  return startedResponse(await orRefuse(regenerateMessage(getChatEnvironment(), account, again)));
});
