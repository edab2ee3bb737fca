import { orRefuse } from "#app/api/chats/refuse.ts";
import { startedResponse } from "#app/api/chats/started.ts";
import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getChatEnvironment } from "#lib/chat/generations/environment.ts";
import { continueMessage } from "#lib/chat/turns.ts";

interface Context {
  params: Promise<{ chatId: string; messageId: string }>;
}

/** Goes on with a reply that ended early, in place. */
export const POST = handle<Context>(async (_request, { params }) => {
  const account = await requireApiAccount();
  return startedResponse(await orRefuse(continueMessage(getChatEnvironment(), account, await params)));
});
