import type { Db } from "#lib/db/client.ts";
import { readStoredOptions } from "../options.ts";
import type { WholeChat } from "../transfer/export-format.ts";
import { toStoredMessage } from "./rows.ts";

const pageSize = 200;

/** A chat with everything that is stored of it; null when it is absent, deleted or another account's. */
export async function readWholeChat(db: Db, accountId: string, chatId: string): Promise<WholeChat | null> {
  const found = await db.chat.findFirst({
    where: { id: chatId, accountId, deletedAt: null },
    include: {
      messages: { orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
      folder: { select: { id: true, name: true, deletedAt: true } },
    },
  });
  if (!found) return null;
  const { id, title, createdAt, lastMessageAt, activeLeafId, pinnedAt, archivedAt, folder } = found;
  const inFolder = folder && folder.deletedAt === null ? { id: folder.id, name: folder.name } : null;
  return {
    id,
    title,
    createdAt,
    lastMessageAt,
    activeLeafId,
    filing: { options: readStoredOptions(found.options), pinnedAt, archivedAt, folder: inFolder },
    messages: found.messages.map(toStoredMessage),
  };
}

/** The ids of all chats of the account but the temporary ones, oldest first, read page by page. */
export async function* eachChatId(db: Db, accountId: string): AsyncGenerator<string> {
  for (let after = ""; ; ) {
    const rows = await db.chat.findMany({
      where: { accountId, deletedAt: null, temporaryUntil: null, id: { gt: after } },
      orderBy: { id: "asc" },
      take: pageSize,
      select: { id: true },
    });
    for (const { id } of rows) yield id;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = last.id;
  }
}

/** Hides all chats of the account at once and asks their running generations to stop. Gives how many. */
export async function deleteAllChats(db: Db, accountId: string, now: Date): Promise<number> {
  const [{ count }] = await db.$transaction([
    db.chat.updateMany({ where: { accountId, deletedAt: null }, data: { deletedAt: now } }),
    db.generation.updateMany({
      where: { accountId, status: "running", stopRequestedAt: null },
      data: { stopRequestedAt: now },
    }),
  ]);
  return count;
}

/** How many chats the account has. */
export async function countChats(db: Db, accountId: string): Promise<number> {
  return db.chat.count({ where: { accountId, deletedAt: null } });
}
