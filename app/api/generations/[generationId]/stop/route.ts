import { required } from "#app/api/chats/refuse.ts";
import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getChatEnvironment } from "#lib/chat/generations/environment.ts";
import { stopGeneration } from "#lib/chat/turns.ts";

/** Stops a generation wherever it runs, keeping what was produced; harmless when it has ended. */
export const POST = handle<{ params: Promise<{ generationId: string }> }>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const { generationId } = await params;
  const found = await stopGeneration(getChatEnvironment(), account.id, generationId);
  required(found || null);
  return new Response(null, { status: 202 });
});
