import type { Db } from "#lib/db/client.ts";
import { type StoredMessage, toStorableJson } from "../message.ts";
import { ChatRefusal } from "../refusal.ts";
import { toStoredMessage } from "./rows.ts";
import { lockChat, showLeaf } from "./turn-chat.ts";
import type { StartedTurn } from "./turns.ts";
import { runningMetadata, writeGeneration } from "./write-reply.ts";

/**
 * Starts a generation that goes on with a reply which ended early; its parts are kept.
 * @throws ChatRefusal `not_found`, `nothing_to_continue`, `generation_running`
 */
export async function startContinuation(
  db: Db,
  accountId: string,
  more: { chatId: string; messageId: string; processId: string; now: Date },
): Promise<StartedTurn> {
  return db.$transaction(async (tx) => {
    const chat = await lockChat(tx, accountId, more.chatId);
    const row = await tx.message.findFirst({
      where: { id: more.messageId, chatId: chat.id },
      include: {
        generations: { where: { status: "running" }, select: { id: true }, take: 1 },
        replies: { select: { id: true }, take: 1 },
      },
    });
    if (!row) throw new ChatRefusal("not_found");
    if (row.generations.length > 0) throw new ChatRefusal("generation_running");
    const message = toStoredMessage(row);
    if (row.replies.length > 0 || !endedEarly(message)) throw new ChatRefusal("nothing_to_continue");
    const { requestIds = [] } = message.metadata;
    const metadata = runningMetadata(more.now, { requestIds, keptParts: message.parts.length });
    await tx.$executeRaw`
      UPDATE messages SET metadata = ${toStorableJson(metadata)}::jsonb WHERE id = ${message.id}`;
    const shown = showLeaf(chat, message.id, more.now);
    const { processId } = more;
    const generationId = await writeGeneration(tx, shown, { accountId, messageId: message.id, processId });
    return {
      chat,
      userMessageId: message.parentId,
      assistantMessageId: message.id,
      generationId,
      isNewChat: false,
      repeated: false,
    };
  });
}

function endedEarly({ role, metadata }: StoredMessage): boolean {
  if (role !== "assistant") return false;
  switch (metadata.status) {
    case undefined:
    case "running":
    case "waiting":
      return false;
    case "completed":
      return metadata.finishReason === "length" || metadata.finishReason === "tool-calls";
    default:
      return true;
  }
}
