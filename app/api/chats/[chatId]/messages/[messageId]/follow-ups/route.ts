import { orRefuse } from "#app/api/chats/refuse.ts";
import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getChatEnvironment } from "#lib/chat/generations/environment.ts";
import { suggestFollowUps } from "#lib/chat/generations/suggest-follow-ups.ts";

interface Context {
  params: Promise<{ chatId: string; messageId: string }>;
}

/** What the person may say next. The first time it is a metered call of the model, afterwards what was kept of it. */
export const POST = handle<Context>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const followUps = await orRefuse(suggestFollowUps(getChatEnvironment(), account.id, await params));
  return Response.json({ followUps });
});
