import type { Db } from "#lib/db/client.ts";
import { readStoredOptions } from "../options.ts";
import { shownBranch } from "../shown-branch.ts";
import { type ChatWithMessages, notExpired } from "./chats.ts";
import { toStoredMessage } from "./rows.ts";

/** A page comes with so many messages, more than fill a window; the browser asks for the others once it shows these. */
export const messagesAtOnce = 30;

export interface ChatEnd extends ChatWithMessages {
  /** There are messages besides these. */
  partial: boolean;
}

/**
 * The newest `count` messages of the branch that a chat shows and their other versions, so that a page can begin with them. The
 * oldest of them stands at the root. Null when the chat is absent, deleted or another account's.
 */
export async function getNewestMessages(
  db: Db,
  accountId: string,
  chatId: string,
  count: number,
): Promise<ChatEnd | null> {
  return db.$transaction(
    async (tx) => {
      const chat = await tx.chat.findFirst({
        where: { id: chatId, accountId, deletedAt: null, ...notExpired(new Date()) },
      });
      if (!chat) return null;
      const oldestFirst = { orderBy: [{ createdAt: "asc" as const }, { id: "asc" as const }] };
      const nodes = await tx.message.findMany({
        where: { chatId },
        select: { id: true, parentId: true, createdAt: true },
        ...oldestFirst,
      });
      const running = await tx.generation.findMany({
        where: { chatId, status: "running" },
        orderBy: { createdAt: "desc" },
      });
      const { path, ...shown } = shownBranch(nodes, chat.activeLeafId, running);
      const parents = new Set(path.slice(-count).map((node) => node.parentId));
      const wanted = nodes.filter((node) => parents.has(node.parentId)).map((node) => node.id);
      const rows = await tx.message.findMany({ where: { chatId, id: { in: wanted } }, ...oldestFirst });
      const known = new Set(wanted);
      const messages = rows.map(toStoredMessage).map((message) => ({
        ...message,
        parentId: message.parentId !== null && known.has(message.parentId) ? message.parentId : null,
      }));
      const options = readStoredOptions(chat.options);
      return {
        id: chat.id,
        title: chat.title,
        options,
        messages,
        temporaryUntil: chat.temporaryUntil,
        ...shown,
        partial: wanted.length < nodes.length,
      };
    },
    { isolationLevel: "RepeatableRead" },
  );
}
