import { newChatIdSchema, sendBodySchema } from "#app/api/chats/bodies.ts";
import { orRefuse, required } from "#app/api/chats/refuse.ts";
import { startedResponse } from "#app/api/chats/started.ts";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getChatEnvironment } from "#lib/chat/generations/environment.ts";
import { sendMessage } from "#lib/chat/turns.ts";

/** Sends a message and starts the reply; makes the chat when it is the first. */
export const POST = handle<{ params: Promise<{ chatId: string }> }>(async (request, { params }) => {
  const account = await requireApiAccount();
  const body = await readJson(request, sendBodySchema);
  const { message, parentId, assistantMessageId, options, temporary } = body;
  const chatId = required(newChatIdSchema.safeParse((await params).chatId).data ?? null);
  const text = message.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  const fileIds = message.parts.flatMap((part) => (part.type === "file" ? [part.attachmentId] : []));
  const sent = sendMessage(getChatEnvironment(), account, {
    chatId,
    parentId,
    userMessageId: message.id,
    assistantMessageId,
    text,
    fileIds,
    options,
    temporary,
  });
  return startedResponse(await orRefuse(sent));
});
