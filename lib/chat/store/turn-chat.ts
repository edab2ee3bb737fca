import { Prisma } from "#lib/db/generated/client.ts";
import type { ChatOptions } from "../default-options.ts";
import { toStorableJson } from "../message.ts";
import { ChatRefusal } from "../refusal.ts";

export type Transaction = Prisma.TransactionClient;

/** `temporaryUntil`: when a temporary chat is deleted; each turn puts it off. */
export type ChatRow = { id: string; title: string; temporaryUntil: Date | null };

export interface NewChat {
  chatId: string;
  title: string;
  options: ChatOptions;
  temporary?: boolean | undefined;
  now: Date;
}

const temporaryMs = 24 * 60 * 60_000;

/** The statement that makes the chat of a turn, showing `activeLeafId`, and gives its row; no row when there is one. */
export function insertChat(accountId: string, turn: NewChat, activeLeafId: string): Prisma.Sql {
  const { chatId, title, options, now } = turn;
  const temporaryUntil = turn.temporary ? new Date(now.getTime() + temporaryMs) : null;
  return Prisma.sql`
    INSERT INTO chats (id, account_id, title, options, created_at, last_message_at, temporary_until, active_leaf_id)
    VALUES (${chatId}, ${accountId}, ${title}, ${toStorableJson(options)}::jsonb, ${now}, ${now}, ${temporaryUntil}, ${activeLeafId})
    ON CONFLICT (id) DO NOTHING
    RETURNING id, title, temporary_until`;
}

/** Holds the chat's row until the transaction ends, so turns of one chat start one after the other. */
export async function lockChat(tx: Transaction, accountId: string, chatId: string): Promise<ChatRow> {
  const [chat] = await tx.$queryRaw<ChatRow[]>`
    SELECT id, title, temporary_until AS "temporaryUntil" FROM chats
    WHERE id = ${chatId} AND account_id = ${accountId} AND deleted_at IS NULL
      AND (temporary_until IS NULL OR temporary_until > now())
    FOR UPDATE`;
  if (!chat) throw new ChatRefusal("not_found");
  return chat;
}

/** The statement that shows a branch of a chat, makes it the latest of its list and gives its row; an archived one comes out of the archive. */
export function showLeaf(chat: ChatRow, activeLeafId: string, now: Date): Prisma.Sql {
  const temporaryUntil = chat.temporaryUntil && new Date(now.getTime() + temporaryMs);
  return Prisma.sql`
    UPDATE chats SET active_leaf_id = ${activeLeafId}, last_message_at = ${now}, archived_at = NULL,
      temporary_until = ${temporaryUntil}
    WHERE id = ${chat.id}
    RETURNING id, title, temporary_until`;
}
