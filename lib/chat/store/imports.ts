import type { Db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { storableText } from "#lib/ops/storable-text.ts";
import { type StoredMessage, toStorableJson } from "../message.ts";
import type { ChatFiling } from "../transfer/filing.ts";
import { findOrMakeFolder } from "./import-folders.ts";
import { toJsonColumn } from "./rows.ts";

/** A chat to be stored whole, under ids of this account. */
export interface ChatToStore {
  id: string;
  sourceId: string;
  title: string;
  createdAt: Date;
  lastMessageAt: Date;
  activeLeafId: string | null;
  filing: ChatFiling;
  /** Parents before their replies. */
  messages: readonly StoredMessage[];
}

/** `present`: all of it was there; `updated`: messages it lacked were added; `restored`: it had been deleted. */
export type ImportOutcome = "imported" | "updated" | "restored" | "present";

const rowsAtOnce = 500;
const writeMs = 120_000;

/** What of a chat is in the account already. A chat exported here is found by its own id. */
export async function findImported(
  db: Db,
  accountId: string,
  sourceId: string,
): Promise<{ isOriginal: boolean; deleted: boolean; messageIds: Set<string> } | null> {
  const chat = await db.chat.findFirst({
    where: { accountId, OR: [{ sourceId }, { id: originalId(sourceId) }] },
    select: { sourceId: true, deletedAt: true, messages: { select: { id: true } } },
  });
  return (
    chat && {
      isOriginal: chat.sourceId !== sourceId,
      deleted: chat.deletedAt !== null,
      messageIds: new Set(chat.messages.map(({ id }) => id)),
    }
  );
}

function originalId(sourceId: string): string {
  return /^aigateway:(.+)$/.exec(sourceId)?.[1] ?? "";
}

/**
 * Stores a chat, or what an earlier import of it lacked, in one transaction. Dates stay as they were; a branch that the person has
 * chosen since stays chosen, and so does where the chat stands in the lists.
 */
export async function storeImported(db: Db, accountId: string, chat: ChatToStore): Promise<ImportOutcome> {
  return db.$transaction(
    async (tx) => {
      const { options, pinnedAt, archivedAt, folder } = chat.filing;
      const made = await tx.chat.createMany({
        data: {
          id: chat.id,
          accountId,
          sourceId: chat.sourceId,
          title: titleOf(chat),
          titleSource: "import",
          activeLeafId: chat.activeLeafId,
          options: toJsonColumn(options),
          pinnedAt,
          archivedAt,
          createdAt: chat.createdAt,
          lastMessageAt: chat.lastMessageAt,
        },
        skipDuplicates: true,
      });
      if (made.count > 0) {
        await insertMessages(tx, chat.id, chat.messages);
        if (folder) {
          const folderId = await findOrMakeFolder(tx, accountId, folder);
          await tx.chat.update({ where: { id: chat.id }, data: { folderId } });
        }
        return "imported";
      }
      return addTo(tx, accountId, chat);
    },
    { timeout: writeMs },
  );
}

/** Brings the original of an exported chat back when it was deleted. */
export async function restoreOriginal(db: Db, accountId: string, sourceId: string): Promise<ImportOutcome> {
  const { count } = await db.chat.updateMany({
    where: { id: originalId(sourceId), accountId, deletedAt: { not: null } },
    data: { deletedAt: null },
  });
  return count > 0 ? "restored" : "present";
}

async function addTo(
  tx: Prisma.TransactionClient,
  accountId: string,
  chat: ChatToStore,
): Promise<ImportOutcome> {
  const [held] = await tx.$queryRaw<{ deleted: boolean; activeLeafId: string | null }[]>`
    SELECT deleted_at IS NOT NULL AS deleted, active_leaf_id AS "activeLeafId" FROM chats
    WHERE id = ${chat.id} AND account_id = ${accountId} AND source_id = ${chat.sourceId} FOR UPDATE`;
  if (!held) throw new Error(`The chat ${chat.id} exists and is not this import's.`);
  const rows = await tx.message.findMany({ where: { chatId: chat.id }, select: { id: true } });
  const known = new Set(rows.map(({ id }) => id));
  const missing = chat.messages.filter(({ id }) => !known.has(id));
  await insertMessages(tx, chat.id, missing);
  const untouched = chat.messages.some(({ id }) => id === held.activeLeafId);
  const grows = missing.length > 0;
  if (grows || held.deleted) {
    await tx.chat.update({
      where: { id: chat.id },
      data: {
        deletedAt: null,
        ...(grows && untouched && { activeLeafId: chat.activeLeafId, lastMessageAt: chat.lastMessageAt }),
      },
    });
  }
  if (held.deleted) return "restored";
  return grows ? "updated" : "present";
}

function titleOf({ title }: ChatToStore): string {
  return storableText(title.trim().slice(0, 200)) || "Untitled";
}

async function insertMessages(
  tx: Prisma.TransactionClient,
  chatId: string,
  messages: readonly StoredMessage[],
): Promise<void> {
  for (let from = 0; from < messages.length; from += rowsAtOnce) {
    const rows = messages.slice(from, from + rowsAtOnce).map((message) => ({
      id: message.id,
      parent_id: message.parentId,
      role: message.role,
      parts: message.parts,
      metadata: message.metadata,
      created_at: message.createdAt,
    }));
    await tx.$executeRaw`
      INSERT INTO messages (id, chat_id, parent_id, role, parts, metadata, created_at)
      SELECT id, ${chatId}, parent_id, role::"MessageRole", parts, metadata, created_at
      FROM jsonb_to_recordset(${toStorableJson(rows)}::jsonb)
        AS given(id text, parent_id text, role text, parts jsonb, metadata jsonb, created_at timestamptz)`;
  }
}
