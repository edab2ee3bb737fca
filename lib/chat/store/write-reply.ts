import { Prisma } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { type MessageMetadata, type StoredMessage, toStorableJson } from "../message.ts";
import type { ChatRow, Transaction } from "./turn-chat.ts";

/*
 * What is written to a chat goes to the row that a statement before it, called `chat`, makes or changes and gives: one way to the
 * database for both, and nothing is written when it gives none.
 */

export interface NewReply {
  assistantMessageId: string;
  parentId: string;
  processId: string;
  now: Date;
}

/** Writes a reply to be written, its generation, and messages before it. Null, with nothing written, when `chat` gives no row. */
export async function writeReply(
  tx: Transaction,
  accountId: string,
  chat: Prisma.Sql,
  reply: NewReply,
  before: readonly StoredMessage[],
): Promise<{ chat: ChatRow; written: StoredMessage; generationId: string } | null> {
  const written: StoredMessage = {
    id: reply.assistantMessageId,
    parentId: reply.parentId,
    role: "assistant",
    parts: [],
    metadata: runningMetadata(reply.now, { requestIds: [], keptParts: 0 }),
    // A millisecond after the message it answers, so that "oldest first" never shows the reply first.
    createdAt: new Date(reply.now.getTime() + 1),
  };
  const generationId = newId("gen");
  const [row] = await tx.$queryRaw<ChatRow[]>`
    WITH chat AS (${chat}),
    said AS (${insertMessages([...before, written])}),
    begun AS (${insertGeneration(generationId, { accountId, messageId: written.id, processId: reply.processId })})
    SELECT id, title, temporary_until AS "temporaryUntil" FROM chat`;
  return row ? { chat: row, written, generationId } : null;
}

/** Starts a generation of a reply that is there; gives its id. */
export async function writeGeneration(
  tx: Transaction,
  chat: Prisma.Sql,
  generation: NewGeneration,
): Promise<string> {
  const generationId = newId("gen");
  await tx.$executeRaw`WITH chat AS (${chat}) ${insertGeneration(generationId, generation)}`;
  return generationId;
}

/** Writes messages. */
export async function writeMessages(
  tx: Transaction,
  chat: Prisma.Sql,
  messages: readonly StoredMessage[],
): Promise<void> {
  await tx.$executeRaw`WITH chat AS (${chat}) ${insertMessages(messages)}`;
}

/** What a reply is while a generation of it runs. */
export function runningMetadata(
  now: Date,
  kept: { requestIds: string[]; keptParts: number },
): MessageMetadata {
  return { status: "running", startedAt: now.getTime(), materializedSeq: 0, ...kept };
}

function insertMessages(messages: readonly StoredMessage[]): Prisma.Sql {
  const rows = messages.map(({ id, parentId, role, parts, metadata, createdAt }) => ({
    id,
    parent_id: parentId,
    role,
    parts,
    metadata,
    created_at: createdAt,
  }));
  return Prisma.sql`
    INSERT INTO messages (id, chat_id, parent_id, role, parts, metadata, created_at)
    SELECT given.id, chat.id, parent_id, role::"MessageRole", parts, metadata, given.created_at
    FROM chat, jsonb_to_recordset(${toStorableJson(rows)}::jsonb)
      AS given(id text, parent_id text, role text, parts jsonb, metadata jsonb, created_at timestamptz)`;
}

interface NewGeneration {
  accountId: string;
  messageId: string;
  processId: string;
}

function insertGeneration(id: string, { accountId, messageId, processId }: NewGeneration): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO generations (id, chat_id, account_id, message_id, process_id, heartbeat_at, created_at)
    SELECT ${id}, chat.id, ${accountId}, ${messageId}, ${processId}, now(), now() FROM chat`;
}
