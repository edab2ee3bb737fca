import type { Db } from "#lib/db/client.ts";
import type { MessageMetadata } from "../message.ts";
import { ChatRefusal } from "../refusal.ts";
import { withReplyTexts } from "../reply-texts.ts";
import { toStoredMessage } from "./rows.ts";
import { lockChat, showLeaf } from "./turn-chat.ts";
import { writeMessages } from "./write-reply.ts";

export interface ReplyEdit {
  chatId: string;
  /** The reply that is edited. It stays as it is. */
  messageId: string;
  /** The id of the version that the edit makes. */
  assistantMessageId: string;
  /** In place of the reply's texts, in their order. */
  texts: readonly string[];
  now: Date;
}

/**
 * Stores a reply as a person has changed it, a version beside the one there is, and shows it; the same id again changes nothing.
 * @throws ChatRefusal `not_found`, `id_taken`, `nothing_to_edit`
 */
export async function editReply(db: Db, accountId: string, edit: ReplyEdit): Promise<void> {
  await db.$transaction(async (tx) => {
    const chat = await lockChat(tx, accountId, edit.chatId);
    const row = await tx.message.findFirst({ where: { id: edit.messageId, chatId: chat.id } });
    if (!row) throw new ChatRefusal("not_found");
    const reply = toStoredMessage(row);
    const known = await tx.message.findUnique({ where: { id: edit.assistantMessageId } });
    if (known) {
      if (known.chatId !== chat.id || known.parentId !== reply.parentId) throw new ChatRefusal("id_taken");
      return;
    }
    const { status, contextTokens } = reply.metadata;
    const ended = reply.role === "assistant" && status !== "running" && status !== "waiting";
    const parts = ended ? withReplyTexts(reply.parts, edit.texts) : null;
    if (!parts) throw new ChatRefusal("nothing_to_edit");
    // It took no request: what was paid for stands with the version that was.
    const metadata: MessageMetadata = {
      status: "completed",
      edited: true,
      ...(contextTokens !== undefined && { contextTokens }),
    };
    const { parentId, role } = reply;
    const made = { id: edit.assistantMessageId, parentId, role, parts, metadata, createdAt: edit.now };
    await writeMessages(tx, showLeaf(chat, made.id, edit.now), [made]);
  });
}
