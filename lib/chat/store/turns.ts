import type { Db } from "#lib/db/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { takeFiles } from "../attachments/store.ts";
import type { ChatOptions } from "../default-options.ts";
import { type MessageMetadata, type MessageParts, type StoredMessage, toStorableJson } from "../message.ts";
import { ChatRefusal } from "../refusal.ts";
import { type ChatRow, lockChat, makeChat, moveUp, type Transaction } from "./turn-chat.ts";

/** A generation that was started, or with `repeated` the one that the same call started before. */
export interface StartedTurn {
  chat: ChatRow;
  userMessageId: string | null;
  assistantMessageId: string;
  generationId: string;
  isNewChat: boolean;
  repeated: boolean;
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
  return db.$transaction(async (tx) => {
    const isNewChat = await makeChat(tx, accountId, turn);
    const chat = await lockChat(tx, accountId, turn.chatId);
    const known = await tx.message.findMany({
      where: { id: { in: [turn.userMessageId, turn.assistantMessageId] } },
      select: { id: true, chatId: true, parentId: true },
    });
    const started = { chat, userMessageId: turn.userMessageId, isNewChat };
    if (known.length > 0) {
      const user = known.find((message) => message.id === turn.userMessageId);
      const reply = known.find((message) => message.id === turn.assistantMessageId);
      const same = user?.chatId === chat.id && user.parentId === turn.parentId && reply?.parentId === user.id;
      if (!same) throw new ChatRefusal("id_taken");
      return repeat(tx, started, turn.assistantMessageId);
    }
    await requireAnswer(tx, chat.id, turn.parentId);
    await requireIdleBelow(tx, chat.id, turn.parentId);
    const files = await takeFiles(tx, accountId, turn.fileIds ?? [], turn.now);
    await insertMessage(tx, chat.id, {
      id: turn.userMessageId,
      parentId: turn.parentId,
      role: "user",
      parts: [...files, ...turn.parts],
      metadata: {},
      createdAt: turn.now,
    });
    const generationId = await insertReply(tx, accountId, chat, { ...turn, parentId: turn.userMessageId });
    return { ...started, assistantMessageId: turn.assistantMessageId, generationId, repeated: false };
  });
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
    const generationId = await insertReply(tx, accountId, chat, { ...again, parentId: userMessageId });
    return { ...started, assistantMessageId: again.assistantMessageId, generationId, repeated: false };
  });
}

/** What a reply is while a generation of it runs. */
export function runningMetadata(
  now: Date,
  kept: { requestIds: string[]; keptParts: number },
): MessageMetadata {
  return { status: "running", startedAt: now.getTime(), materializedSeq: 0, ...kept };
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

async function requireAnswer(tx: Transaction, chatId: string, parentId: string | null): Promise<void> {
  if (parentId === null) return;
  const parent = await tx.message.findFirst({ where: { id: parentId, chatId }, select: { role: true } });
  if (!parent) throw new ChatRefusal("not_found");
  if (parent.role !== "assistant") throw new ChatRefusal("parent_not_an_answer");
}

/** A leaf is busy while it is being written itself, or while a reply to a message sent from it is. */
async function requireIdleBelow(tx: Transaction, chatId: string, parentId: string | null): Promise<void> {
  const running = await tx.generation.count({
    where: {
      chatId,
      status: "running",
      OR: [...(parentId === null ? [] : [{ messageId: parentId }]), { message: { parent: { parentId } } }],
    },
  });
  if (running > 0) throw new ChatRefusal("generation_running");
}

async function insertReply(
  tx: Transaction,
  accountId: string,
  chat: ChatRow,
  reply: { assistantMessageId: string; parentId: string; processId: string; now: Date },
): Promise<string> {
  await insertMessage(tx, chat.id, {
    id: reply.assistantMessageId,
    parentId: reply.parentId,
    role: "assistant",
    parts: [],
    metadata: runningMetadata(reply.now, { requestIds: [], keptParts: 0 }),
    // A millisecond after the message it answers, so that "oldest first" never shows the reply first.
    createdAt: new Date(reply.now.getTime() + 1),
  });
  await moveUp(tx, chat, reply.assistantMessageId, reply.now);
  return insertGeneration(tx, accountId, chat.id, reply.assistantMessageId, reply.processId);
}

export async function insertMessage(tx: Transaction, chatId: string, message: StoredMessage): Promise<void> {
  const { id, parentId, role, parts, metadata, createdAt } = message;
  await tx.$executeRaw`
    INSERT INTO messages (id, chat_id, parent_id, role, parts, metadata, created_at)
    VALUES (${id}, ${chatId}, ${parentId}, ${role}::"MessageRole", ${toStorableJson(parts)}::jsonb,
      ${toStorableJson(metadata)}::jsonb, ${createdAt})`;
}

export async function insertGeneration(
  tx: Transaction,
  accountId: string,
  chatId: string,
  messageId: string,
  processId: string,
): Promise<string> {
  const id = newId("gen");
  await tx.$executeRaw`
    INSERT INTO generations (id, chat_id, account_id, message_id, process_id, heartbeat_at, created_at)
    VALUES (${id}, ${chatId}, ${accountId}, ${messageId}, ${processId}, now(), now())`;
  return id;
}
