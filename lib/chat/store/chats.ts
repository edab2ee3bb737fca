import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { ChatOptions } from "../default-options.ts";
import { type StoredMessage, storableText } from "../message.ts";
import { readStoredOptions } from "../options.ts";
import { shownBranch } from "../shown-branch.ts";
import { toJsonColumn, toStoredMessage } from "./rows.ts";

export interface ChatSummary {
  id: string;
  title: string;
  lastMessageAt: Date;
  /** Whether a generation of it is running. */
  running: boolean;
}

/** Where the next page starts: after this chat, in the order of the list. */
export interface ChatCursor {
  lastMessageAt: Date;
  id: string;
}

export interface ChatPage {
  chats: ChatSummary[];
  next: ChatCursor | null;
}

/** A chat with its whole tree, oldest message first, as of one moment. */
export interface ChatWithMessages {
  id: string;
  title: string;
  options: ChatOptions;
  messages: StoredMessage[];
  activeLeafId: string | null;
  running: { generationId: string; messageId: string } | null;
}

const pageSize = 30;

/** The account's chats, latest message first. */
export async function listChats(db: Db, accountId: string, after: ChatCursor | null): Promise<ChatPage> {
  const rows = await db.chat.findMany({
    where: {
      accountId,
      deletedAt: null,
      ...(after === null
        ? {}
        : {
            OR: [
              { lastMessageAt: { lt: after.lastMessageAt } },
              { lastMessageAt: after.lastMessageAt, id: { lt: after.id } },
            ],
          }),
    },
    orderBy: [{ lastMessageAt: "desc" }, { id: "desc" }],
    take: pageSize + 1,
    select: {
      id: true,
      title: true,
      lastMessageAt: true,
      generations: { where: { status: "running" }, select: { id: true }, take: 1 },
    },
  });
  const chats = rows
    .slice(0, pageSize)
    .map(({ generations, ...chat }) => ({ ...chat, running: generations.length > 0 }));
  const last = chats.at(-1);
  return {
    chats,
    next: rows.length > pageSize && last ? { lastMessageAt: last.lastMessageAt, id: last.id } : null,
  };
}

/** One chat and everything said in it; null when it is absent, deleted or another account's. */
export async function getChat(db: Db, accountId: string, chatId: string): Promise<ChatWithMessages | null> {
  const ofChat = { chatId, chat: { accountId, deletedAt: null } };
  const [chat, rows, running] = await db.$transaction(
    [
      db.chat.findFirst({ where: { id: chatId, accountId, deletedAt: null } }),
      db.message.findMany({ where: ofChat, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
      db.generation.findMany({ where: { ...ofChat, status: "running" }, orderBy: { createdAt: "desc" } }),
    ],
    { isolationLevel: "RepeatableRead" },
  );
  if (!chat) return null;
  const messages = rows.map(toStoredMessage);
  const { path: _, ...shown } = shownBranch(messages, chat.activeLeafId, running);
  const options = readStoredOptions(chat.options);
  return { id: chat.id, title: chat.title, options, messages, ...shown };
}

/** Renames a chat, chooses the branch it shows or what its replies are generated with. Null when the chat, or the message in it, is not there. */
export async function updateChat(
  db: Db,
  accountId: string,
  chatId: string,
  change: {
    title?: string | undefined;
    activeLeafId?: string | undefined;
    options?: ChatOptions | undefined;
  },
): Promise<{ id: string; title: string; activeLeafId: string | null } | null> {
  const changed = await db.chat.updateManyAndReturn({
    where: {
      id: chatId,
      accountId,
      deletedAt: null,
      ...(change.activeLeafId === undefined ? {} : { messages: { some: { id: change.activeLeafId } } }),
    },
    data: {
      ...(change.title === undefined ? {} : { title: storableText(change.title), titleSource: "person" }),
      ...(change.activeLeafId === undefined ? {} : { activeLeafId: change.activeLeafId }),
      ...(change.options === undefined ? {} : { options: toJsonColumn(change.options) }),
    },
    select: { id: true, title: true, activeLeafId: true },
  });
  return changed[0] ?? null;
}

/** Replaces a title made from the first message by the model's; a title the person chose stays. */
export async function improveTitle(
  db: Db,
  accountId: string,
  chatId: string,
  title: string,
): Promise<boolean> {
  const { count } = await db.chat.updateMany({
    where: { id: chatId, accountId, titleSource: "first-message" },
    data: { title: storableText(title), titleSource: "model" },
  });
  return count > 0;
}

/** Hides a chat at once and asks its running generations to stop. False when there is no such chat. */
export async function deleteChat(db: Db, accountId: string, chatId: string, now: Date): Promise<boolean> {
  const [{ count }] = await db.$transaction([
    db.chat.updateMany({ where: { id: chatId, accountId, deletedAt: null }, data: { deletedAt: now } }),
    db.generation.updateMany({
      where: { chatId, accountId, status: "running", stopRequestedAt: null },
      data: { stopRequestedAt: now },
    }),
  ]);
  return count > 0;
}

/** Brings a deleted chat back. False when there is no such chat, or it was purged; true also when it was not deleted. */
export async function restoreChat(db: Db, accountId: string, chatId: string): Promise<boolean> {
  const { count } = await db.chat.updateMany({ where: { id: chatId, accountId }, data: { deletedAt: null } });
  return count > 0;
}

/** Removes for good what was deleted before `before`, at most `limit` chats; gives how many. */
export async function purgeDeletedChats(db: Db, before: Date, limit: number): Promise<number> {
  return db.$executeRaw(Prisma.sql`
    DELETE FROM chats WHERE id IN (
      SELECT id FROM chats WHERE deleted_at < ${before} ORDER BY deleted_at LIMIT ${limit}
    )`);
}
