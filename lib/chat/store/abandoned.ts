import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { type MessageMetadata, type StoredMessage, toStorableJson } from "../message.ts";
import { toStoredMessage } from "./rows.ts";

/** A generation whose process has not been heard of. */
export interface Abandoned {
  id: string;
  accountId: string;
  requestIds: string[];
  message: StoredMessage;
}

/**
 * Generations that say they run but show no sign of life: silent for `silentForMs`, or for a shorter time when their
 * process has left. With `soleProcessId` that process is the only one there is, and every other's are dead.
 */
export async function listAbandoned(
  db: Db,
  options: { silentForMs: number; departedForMs: number; soleProcessId: string | null; limit: number },
): Promise<Abandoned[]> {
  const ofOthers =
    options.soleProcessId === null ? Prisma.sql`false` : Prisma.sql`g.process_id <> ${options.soleProcessId}`;
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT g.id FROM generations g LEFT JOIN processes p ON p.id = g.process_id
    WHERE g.status = 'running' AND (
      ${ofOthers}
      OR g.heartbeat_at <= now() - ${options.silentForMs} * interval '1 millisecond'
      OR (p.id IS NULL AND g.heartbeat_at <= now() - ${options.departedForMs} * interval '1 millisecond')
    )
    ORDER BY g.heartbeat_at LIMIT ${options.limit}`;
  const rows = await db.generation.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    include: { message: true },
  });
  return rows.map(({ id, accountId, requestIds, message }) => ({
    id,
    accountId,
    requestIds,
    message: toStoredMessage(message),
  }));
}

/** An ended reply whose requests were not settled when it ended, so that its receipt is still missing. */
export interface Unreceipted {
  accountId: string;
  messageId: string;
  requestIds: string[];
}

/** Replies that ended early since `since` without a receipt although requests were made for them. */
export async function listUnreceipted(db: Db, since: Date, limit: number): Promise<Unreceipted[]> {
  const rows = await db.$queryRaw<Unreceipted[]>`
    SELECT g.account_id AS "accountId", m.id AS "messageId",
      ARRAY(SELECT jsonb_array_elements_text(m.metadata -> 'requestIds')) AS "requestIds"
    FROM generations g JOIN messages m ON m.id = g.message_id
    WHERE g.status IN ('completed', 'stopped', 'failed', 'interrupted') AND g.heartbeat_at > ${since}
      AND g.request_ids <> '{}' AND m.metadata -> 'usage' IS NULL AND m.metadata ->> 'status' <> 'running'
    ORDER BY g.heartbeat_at DESC LIMIT ${limit}`;
  return rows;
}

/** Adds a receipt to a reply that has none; leaves one that runs again alone. */
export async function addReceipt(db: Db, messageId: string, receipt: MessageMetadata): Promise<void> {
  await db.$executeRaw`
    UPDATE messages SET metadata = metadata || ${toStorableJson(receipt)}::jsonb
    WHERE id = ${messageId} AND metadata ->> 'status' <> 'running' AND metadata -> 'usage' IS NULL`;
}

/** Deletes the logs of generations that ended before `before`; their messages hold everything. */
export async function purgeLogs(db: Db, before: Date): Promise<number> {
  return db.$executeRaw`
    DELETE FROM generation_events e USING generations g
    WHERE g.id = e.generation_id AND g.status <> 'running' AND g.ended_at < ${before}`;
}
