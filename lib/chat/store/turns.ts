import type { Db } from "#lib/db/client.ts";
import { isTaken } from "#lib/db/is-taken.ts";
import { takeFiles } from "../attachments/store.ts";
import type { ChatOptions } from "../default-options.ts";
import type { MessageParts, StoredMessage } from "../message.ts";
import { ChatRefusal } from "../refusal.ts";
import type { Conversation } from "./generations.ts";
import { type ChatRow, insertChat, lockChat, showLeaf, type Transaction } from "./turn-chat.ts";
import { type NewReply, writeReply } from "./write-reply.ts";

/** A generation that was started, or with `repeated` the one that the same call started before. */
export interface StartedTurn {
  chat: ChatRow;
  userMessageId: string | null;
  assistantMessageId: string;
  generationId: string;
  isNewChat: boolean;
  repeated: boolean;
  /** What the reply is written from, when the turn knows it: all of a new chat. */
  conversation?: Conversation;
}

export interface NewTurn {
  chatId: string;
  parentId: string | null;
  userMessageId: string;
  assistantMessageId: string;
  parts: MessageParts;
  /** Files of the account, shown before the parts. */
  fileIds?: readonly string[];
  /** The chat's title and options, if this turn makes it. */
  title: string;
  options: ChatOptions;
  /** Whether a chat that this turn makes is temporary. */
  temporary?: boolean | undefined;
  processId: string;
  now: Date;
}

/**
 * Stores a person's message, the empty reply below it and its running generation, making the chat when it is absent.
 * @throws ChatRefusal `not_found`, `id_taken`, `parent_not_an_answer`, `generation_running`, `file_missing`
 */
export async function startTurn(db: Db, accountId: string, turn: NewTurn): Promise<StartedTurn> {
  // Should the turn be refused, its files are only kept from the sweep for a while.
  const files = await takeFiles(db, accountId, turn.fileIds ?? [], turn.now);
  const asked: StoredMessage = {
    id: turn.userMessageId,
    parentId: turn.parentId,
    role: "user",
    parts: [...files, ...turn.parts],
    metadata: {},
    createdAt: turn.now,
  };
  const first = turn.parentId === null ? await startChat(db, accountId, turn, asked) : null;
  return first ?? db.$transaction((tx) => startTurnIn(tx, accountId, turn, asked));
}

/** Makes the chat with its first turn, in one statement, since a new chat's first words wait for it; null when there is such a chat. */
async function startChat(
  db: Db,
  accountId: string,
  turn: NewTurn,
  asked: StoredMessage,
): Promise<StartedTurn | null> {
  const { userMessageId, assistantMessageId } = turn;
  const makeChat = insertChat(accountId, turn, assistantMessageId);
  try {
    const made = await writeReply(db, accountId, makeChat, { ...turn, parentId: asked.id }, [asked]);
    if (!made) return null;
    const { chat, generationId, written } = made;
    const conversation = { path: [asked, written], options: turn.options };
    const started = { chat, userMessageId, assistantMessageId, generationId, conversation };
    return { ...started, isNewChat: true, repeated: false };
  } catch (error) {
    throw isTaken(error) ? new ChatRefusal("id_taken") : error;
  }
}

async function startTurnIn(
  tx: Transaction,
  accountId: string,
  turn: NewTurn,
  asked: StoredMessage,
): Promise<StartedTurn> {
  const chat = await lockChat(tx, accountId, turn.chatId);
  const before = await readBefore(tx, chat.id, turn);
  const started = { chat, userMessageId: turn.userMessageId, isNewChat: false };
  const user = before.find(({ id }) => id === turn.userMessageId);
  const reply = before.find(({ id }) => id === turn.assistantMessageId);
  if (user || reply) {
    const same = user?.chatId === chat.id && user.parentId === turn.parentId && reply?.parentId === user.id;
    if (!same) throw new ChatRefusal("id_taken");
    return repeat(tx, started, turn.assistantMessageId);
  }
  requireFreeAnswer(before, chat.id, turn.parentId);
  const generationId = await addReply(tx, accountId, chat, { ...turn, parentId: asked.id }, [asked]);
  return { ...started, assistantMessageId: turn.assistantMessageId, generationId, repeated: false };
}

/**
 * Starts another reply beside `messageId` (a reply), or below it (a person's message).
 * @throws ChatRefusal `not_found`, `id_taken`, `nothing_to_regenerate`, `generation_running`
 */
export async function startRegeneration(
  db: Db,
  accountId: string,
  again: { chatId: string; messageId: string; assistantMessageId: string; processId: string; now: Date },
): Promise<StartedTurn> {
  return db.$transaction(async (tx) => {
    const chat = await lockChat(tx, accountId, again.chatId);
    const target = await tx.message.findFirst({ where: { id: again.messageId, chatId: chat.id } });
    if (!target) throw new ChatRefusal("not_found");
    const userMessageId = target.role === "user" ? target.id : target.parentId;
    if (userMessageId === null) throw new ChatRefusal("nothing_to_regenerate");
    const started = { chat, userMessageId, isNewChat: false };
    const known = await tx.message.findUnique({ where: { id: again.assistantMessageId } });
    if (known) {
      if (known.parentId !== userMessageId) throw new ChatRefusal("id_taken");
      return repeat(tx, started, known.id);
    }
    const running = await tx.generation.count({
      where: { chatId: chat.id, status: "running", message: { parentId: userMessageId } },
    });
    if (running > 0) throw new ChatRefusal("generation_running");
    const generationId = await addReply(tx, accountId, chat, { ...again, parentId: userMessageId });
    return { ...started, assistantMessageId: again.assistantMessageId, generationId, repeated: false };
  });
}

async function repeat(
  tx: Transaction,
  started: { chat: ChatRow; userMessageId: string; isNewChat: boolean },
  assistantMessageId: string,
): Promise<StartedTurn> {
  const generation = await tx.generation.findFirst({
    where: { messageId: assistantMessageId, chatId: started.chat.id },
    orderBy: { createdAt: "asc" },
  });
  if (!generation) throw new ChatRefusal("id_taken");
  return { ...started, assistantMessageId, generationId: generation.id, repeated: true };
}

interface Before {
  id: string;
  chatId: string;
  parentId: string | null;
  role: "user" | "assistant";
  /** It is being written, or a reply to a message sent from it is. */
  busy: boolean;
}

/** Of a turn's messages those that are there: its own, and the one it follows. At the root, one that is being written there is among them. */
async function readBefore(tx: Transaction, chatId: string, turn: NewTurn): Promise<Before[]> {
  const { userMessageId, assistantMessageId, parentId } = turn;
  return tx.$queryRaw<Before[]>`
    SELECT m.id, m.chat_id AS "chatId", m.parent_id AS "parentId", m.role::text AS role, EXISTS (
      SELECT FROM generations g JOIN messages r ON r.id = g.message_id LEFT JOIN messages asked ON asked.id = r.parent_id
      WHERE g.chat_id = ${chatId} AND g.status = 'running'
        AND (r.id = m.id OR asked.parent_id = m.id OR (${parentId}::text IS NULL AND asked.id = m.id AND asked.parent_id IS NULL))
    ) AS busy
    FROM messages m
    WHERE m.id IN (${userMessageId}, ${assistantMessageId}, ${parentId ?? ""})
      OR (${parentId}::text IS NULL AND m.chat_id = ${chatId} AND m.parent_id IS NULL)`;
}

/** A message follows a reply that is not being written and that no reply is being written below, or stands at the root. */
function requireFreeAnswer(before: readonly Before[], chatId: string, parentId: string | null): void {
  const siblings = parentId === null ? before : before.filter(({ id }) => id === parentId);
  if (parentId !== null) {
    const [parent] = siblings;
    if (parent?.chatId !== chatId) throw new ChatRefusal("not_found");
    if (parent.role !== "assistant") throw new ChatRefusal("parent_not_an_answer");
  }
  if (siblings.some(({ busy }) => busy)) throw new ChatRefusal("generation_running");
}

/** Writes a reply to be written with messages before it in a chat whose row is held, and shows it; gives its generation's id. */
async function addReply(
  tx: Transaction,
  accountId: string,
  chat: ChatRow,
  reply: NewReply,
  before: readonly StoredMessage[] = [],
): Promise<string> {
  const shown = showLeaf(chat, reply.assistantMessageId, reply.now);
  const written = await writeReply(tx, accountId, shown, reply, before);
  if (!written) throw new ChatRefusal("not_found");
  return written.generationId;
}
