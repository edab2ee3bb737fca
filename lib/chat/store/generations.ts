import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { ChatOptions } from "../default-options.ts";
import {
  type ChatChunk,
  type MessageMetadata,
  type MessageParts,
  parseChunk,
  type StoredMessage,
  toStorableJson,
} from "../message.ts";
import { readStoredOptions } from "../options.ts";
import { type MessageRow, toStoredMessage } from "./rows.ts";

export type GenerationStatus = "running" | EndStatus;
export type EndStatus = "completed" | "stopped" | "failed" | "interrupted";

/** A generation as its watchers see it. */
export interface GenerationState {
  id: string;
  messageId: string;
  status: GenerationStatus;
  lastSeq: number;
}

/**
 * Who may write: the process that runs the generation, or whoever found it without a sign of life. A generation that has
 * ended takes no writes, so a process that was paused and taken for dead cannot overwrite what was concluded of its work.
 */
export type Writer = { processId: string } | { silentForMs: number };

export interface LogPosition {
  lastSeq: number;
  stopRequested: boolean;
}

/** Appends to the log and shows a sign of life, in one statement; null when the writer may no longer write. */
export async function appendEvents(
  db: Db,
  generationId: string,
  writer: Writer,
  chunks: readonly ChatChunk[],
  requestIds: readonly string[],
): Promise<LogPosition | null> {
  const [position] = await db.$queryRaw<LogPosition[]>`
    WITH owned AS (
      UPDATE generations
      SET heartbeat_at = now(), last_seq = last_seq + ${chunks.length}, request_ids = ${[...requestIds]}::text[]
      WHERE id = ${generationId} AND ${mayWrite(writer)}
      RETURNING id, last_seq, stop_requested_at
    ), logged AS (${insertEvents(chunks)})
    SELECT last_seq AS "lastSeq", stop_requested_at IS NOT NULL AS "stopRequested" FROM owned`;
  return position ?? null;
}

/** Stores the message as it stands at the log's position `seq`. False when the writer may no longer write. */
export async function materialize(
  db: Db,
  generationId: string,
  writer: Writer,
  state: { seq: number; parts: MessageParts; metadata: MessageMetadata },
): Promise<boolean> {
  const metadata = { ...state.metadata, materializedSeq: state.seq };
  const changed = await db.$executeRaw`
    WITH owned AS (
      UPDATE generations SET materialized_seq = ${state.seq}, heartbeat_at = now()
      WHERE id = ${generationId} AND ${mayWrite(writer)}
      RETURNING message_id
    )
    UPDATE messages
    SET parts = ${toStorableJson(state.parts)}::jsonb, metadata = ${toStorableJson(metadata)}::jsonb
    FROM owned WHERE messages.id = owned.message_id`;
  return changed > 0;
}

export interface GenerationEnd {
  status: EndStatus;
  /** The last events of the log. */
  chunks: readonly ChatChunk[];
  parts: MessageParts;
  metadata: MessageMetadata;
  requestIds: readonly string[];
}

/** Ends a generation: last events, message and status in one statement. False when somebody else ended it. */
export async function endGeneration(
  db: Db,
  generationId: string,
  writer: Writer,
  end: GenerationEnd,
): Promise<boolean> {
  const changed = await db.$executeRaw`
    WITH owned AS (
      UPDATE generations
      SET status = ${end.status}::"GenerationStatus", ended_at = now(), heartbeat_at = now(),
        last_seq = last_seq + ${end.chunks.length}, materialized_seq = last_seq + ${end.chunks.length},
        request_ids = ${[...end.requestIds]}::text[],
        error_code = ${end.metadata.error?.code ?? null}, error_message = ${end.metadata.error?.message ?? null}
      WHERE id = ${generationId} AND ${mayWrite(writer)}
      RETURNING id, last_seq, message_id
    ), logged AS (${insertEvents(end.chunks)})
    UPDATE messages
    SET parts = ${toStorableJson(end.parts)}::jsonb, metadata = ${toStorableJson(end.metadata)}::jsonb
    FROM owned WHERE messages.id = owned.message_id`;
  return changed > 0;
}

function mayWrite(writer: Writer): Prisma.Sql {
  return "processId" in writer
    ? Prisma.sql`status = 'running' AND process_id = ${writer.processId}`
    : Prisma.sql`status = 'running' AND heartbeat_at <= now() - ${writer.silentForMs} * interval '1 millisecond'`;
}

function insertEvents(chunks: readonly ChatChunk[]): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO generation_events (generation_id, seq, chunk)
    SELECT owned.id, owned.last_seq - ${chunks.length} + event.position::int, event.chunk
    FROM owned, jsonb_array_elements(${toStorableJson(chunks)}::jsonb) WITH ORDINALITY AS event (chunk, position)`;
}

/** The state of a generation; null when it is absent, another account's, or its chat was purged. */
export async function getGeneration(
  db: Db,
  accountId: string,
  generationId: string,
): Promise<GenerationState | null> {
  return db.generation.findFirst({
    where: { id: generationId, accountId },
    select: { id: true, messageId: true, status: true, lastSeq: true },
  });
}

export interface LoggedChunk {
  seq: number;
  chunk: ChatChunk;
}

/** Events of the log after a position, oldest first. */
export async function listEvents(
  db: Db,
  generationId: string,
  after: number,
  limit: number,
): Promise<LoggedChunk[]> {
  const rows = await db.generationEvent.findMany({
    where: { generationId, seq: { gt: after } },
    orderBy: { seq: "asc" },
    take: limit,
    select: { seq: true, chunk: true },
  });
  return rows.map(({ seq, chunk }) => ({ seq, chunk: parseChunk(chunk) }));
}

/**
 * A generation's state and its events after a position, of one moment: when the state says that the log has ended, it ends with these
 * events or, at `limit`, goes on. Null when the account has no such generation.
 */
export async function readLog(
  db: Db,
  accountId: string,
  generationId: string,
  after: number,
  limit: number,
): Promise<{ state: GenerationState; events: LoggedChunk[] } | null> {
  const rows = await db.$queryRaw<(GenerationState & { seq: number | null; chunk: unknown })[]>`
    SELECT g.id, g.message_id AS "messageId", g.status::text AS status, g.last_seq AS "lastSeq", e.seq, e.chunk
    FROM generations g
    LEFT JOIN LATERAL (
      SELECT seq, chunk FROM generation_events
      WHERE generation_id = g.id AND seq > ${after} ORDER BY seq LIMIT ${limit}
    ) e ON true
    WHERE g.id = ${generationId} AND g.account_id = ${accountId}
    ORDER BY e.seq`;
  const [first] = rows;
  if (!first) return null;
  const { seq: _, chunk: __, ...state } = first;
  const events = rows.flatMap(({ seq, chunk }) => (seq === null ? [] : [{ seq, chunk: parseChunk(chunk) }]));
  return { state, events };
}

/** Asks the process that runs a generation to stop it; harmless when it has ended. False when there is no such one. */
export async function requestStop(db: Db, accountId: string, generationId: string): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE generations SET stop_requested_at = coalesce(stop_requested_at, now())
    WHERE id = ${generationId} AND account_id = ${accountId}`;
  return changed > 0;
}

/** What a reply is written from: the messages from the root down to it, itself included, and its chat's options. */
export interface Conversation {
  path: StoredMessage[];
  options: ChatOptions;
}

/** The conversation that the reply `messageId` ends. */
export async function readConversation(db: Db, messageId: string): Promise<Conversation> {
  const rows = await db.$queryRaw<(MessageRow & { options: unknown })[]>`
    WITH RECURSIVE path AS (
      SELECT m.*, 0 AS depth FROM messages m WHERE m.id = ${messageId}
      UNION ALL
      SELECT m.*, path.depth + 1 FROM messages m JOIN path ON m.id = path.parent_id
    )
    SELECT id, parent_id AS "parentId", role::text AS role, parts, metadata, created_at AS "createdAt",
      CASE WHEN depth = 0 THEN (SELECT options FROM chats WHERE chats.id = path.chat_id) END AS options
    FROM path ORDER BY depth DESC`;
  return { path: rows.map(toStoredMessage), options: readStoredOptions(rows.at(-1)?.options) };
}
