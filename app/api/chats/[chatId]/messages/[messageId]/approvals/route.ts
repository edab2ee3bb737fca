import { z } from "zod";
import { orRefuse } from "#app/api/chats/refuse.ts";
import { startedResponse } from "#app/api/chats/started.ts";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { decideToolCall } from "#lib/chat/approve.ts";
import { getChatEnvironment } from "#lib/chat/generations/environment.ts";

interface Context {
  params: Promise<{ chatId: string; messageId: string }>;
}

const bodySchema = z.strictObject({
  toolCallId: z.string().max(500),
  approved: z.boolean(),
  /** Allows the tool for the rest of the chat. */
  forChat: z.boolean().default(false),
  reason: z.string().trim().max(2_000).nullable().default(null),
});

/** Allows or denies a call of a tool. 201 with the generation that goes on; 202 while other calls wait. */
export const POST = handle<Context>(async (request, { params }) => {
  const account = await requireApiAccount();
  const { reason, ...decision } = await readJson(request, bodySchema);
  const started = await orRefuse(
    decideToolCall(getChatEnvironment(), account, {
      ...decision,
      ...(await params),
      reason: reason === "" ? null : reason,
    }),
  );
  return started ? startedResponse(started) : Response.json({ waiting: true }, { status: 202 });
});
