import type { Db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { storableText } from "#lib/ops/storable-text.ts";
import type { ChatOptions } from "../default-options.ts";
import type { StoredMessage } from "../message.ts";
import { readStoredOptions } from "../options.ts";
import { shownBranch } from "../shown-branch.ts";
import { toJsonColumn, toStoredMessage } from "./rows.ts";

export interface ChatSummary {
  id: string;
  title: string;
  lastMessageAt: Date;
  /** Whether a generation of it is running. */
  running: boolean;
  pinned: boolean;
  archived: boolean;
  /** Null also when the folder is deleted. */
  folderId: string | null;
}

/** One of the lists that an account's chats are in: pinned ones, archived ones, those of a folder, and all others. */
export type ChatListName = { kind: "recent" | "pinned" | "archived" } | { kind: "folder"; folderId: string };

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
  /** When a temporary chat is deleted. */
  temporaryUntil: Date | null;
  running: { generationId: string; messageId: string } | null;
}

const pageSize = 30;

/** The chats of one of the account's lists, latest message first. */
export async function listChats(
  db: Db,
  accountId: string,
  after: ChatCursor | null,
  list: ChatListName = { kind: "recent" },
): Promise<ChatPage> {
  const rows = await db.chat.findMany({
    where: {
      accountId,
      deletedAt: null,
      temporaryUntil: null,
      AND: [inList(list), after === null ? {} : isAfter(after)],
    },
    orderBy: [{ lastMessageAt: "desc" }, { id: "desc" }],
    take: pageSize + 1,
    select: {
      ...summaryColumns,
      generations: { where: { status: "running" }, select: { id: true }, take: 1 },
    },
  });
  const chats = rows
    .slice(0, pageSize)
    .map(({ generations, ...row }) => ({ ...toSummary(row), running: generations.length > 0 }));
  const last = chats.at(-1);
  return {
    chats,
    next: rows.length > pageSize && last ? { lastMessageAt: last.lastMessageAt, id: last.id } : null,
  };
}

function inList(list: ChatListName): Prisma.ChatWhereInput {
  const notInFolder = { OR: [{ folderId: null }, { folder: { deletedAt: { not: null } } }] };
  switch (list.kind) {
    case "recent":
      return { archivedAt: null, pinnedAt: null, ...notInFolder };
    case "pinned":
      return { archivedAt: null, pinnedAt: { not: null } };
    case "archived":
      return { archivedAt: { not: null } };
    case "folder":
      return { archivedAt: null, folderId: list.folderId, folder: { deletedAt: null } };
  }
}

function isAfter({ lastMessageAt, id }: ChatCursor): Prisma.ChatWhereInput {
  return { OR: [{ lastMessageAt: { lt: lastMessageAt } }, { lastMessageAt, id: { lt: id } }] };
}

const summaryColumns = {
  id: true,
  title: true,
  lastMessageAt: true,
  pinnedAt: true,
  archivedAt: true,
  folderId: true,
  folder: { select: { deletedAt: true } },
} satisfies Prisma.ChatSelect;

type SummaryRow = Prisma.ChatGetPayload<{ select: typeof summaryColumns }>;

function toSummary({ id, title, lastMessageAt, pinnedAt, archivedAt, folderId, folder }: SummaryRow) {
  return {
    id,
    title,
    lastMessageAt,
    pinned: pinnedAt !== null,
    archived: archivedAt !== null,
    folderId: folder?.deletedAt === null ? folderId : null,
  };
}

/** The ids of the account's chats in which a reply is being written, by whichever process. */
export async function listRunningChats(db: Db, accountId: string): Promise<string[]> {
  const rows = await db.generation.findMany({
    where: { accountId, status: "running", chat: { deletedAt: null, temporaryUntil: null } },
    distinct: ["chatId"],
    select: { chatId: true },
  });
  return rows.map((row) => row.chatId);
}

/** One chat and everything said in it; null when it is absent, deleted or another account's. */
export async function getChat(db: Db, accountId: string, chatId: string): Promise<ChatWithMessages | null> {
  const there = { accountId, deletedAt: null, ...notExpired(new Date()) };
  const ofChat = { chatId, chat: there };
  const [chat, rows, running] = await db.$transaction(
    [
      db.chat.findFirst({ where: { id: chatId, ...there } }),
      db.message.findMany({ where: ofChat, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
      db.generation.findMany({ where: { ...ofChat, status: "running" }, orderBy: { createdAt: "desc" } }),
    ],
    { isolationLevel: "RepeatableRead" },
  );
  if (!chat) return null;
  const messages = rows.map(toStoredMessage);
  const { path: _, ...shown } = shownBranch(messages, chat.activeLeafId, running);
  const { id, title, temporaryUntil } = chat;
  return { id, title, options: readStoredOptions(chat.options), messages, temporaryUntil, ...shown };
}

/** Not a temporary chat whose time has come, which the next sweep deletes. */
export function notExpired(now: Date): Prisma.ChatWhereInput {
  return { OR: [{ temporaryUntil: null }, { temporaryUntil: { gt: now } }] };
}

export interface ChatChange {
  title?: string | undefined;
  activeLeafId?: string | undefined;
  options?: ChatOptions | undefined;
  pinned?: boolean | undefined;
  archived?: boolean | undefined;
  /** Null takes it out of its folder. */
  folderId?: string | null | undefined;
}

/** Changes what is given of a chat. Null when the chat, or the message or folder that is named, is not there. */
export async function updateChat(
  db: Db,
  accountId: string,
  chatId: string,
  change: ChatChange,
): Promise<{ id: string; title: string; activeLeafId: string | null } | null> {
  const now = new Date();
  const { title, activeLeafId, options, pinned, archived, folderId } = change;
  if (typeof folderId === "string") {
    const folder = await db.folder.findFirst({ where: { id: folderId, accountId, deletedAt: null } });
    if (!folder) return null;
  }
  const changed = await db.chat.updateManyAndReturn({
    where: {
      id: chatId,
      accountId,
      deletedAt: null,
      ...(activeLeafId === undefined ? {} : { messages: { some: { id: activeLeafId } } }),
    },
    data: {
      ...(title === undefined ? {} : { title: storableText(title), titleSource: "person" }),
      ...(activeLeafId === undefined ? {} : { activeLeafId }),
      ...(options === undefined ? {} : { options: toJsonColumn(options) }),
      ...(pinned === undefined ? {} : { pinnedAt: pinned ? now : null }),
      ...(archived === undefined ? {} : { archivedAt: archived ? now : null }),
      ...(folderId === undefined ? {} : { folderId }),
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
