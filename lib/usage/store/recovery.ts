import { type Db, onConnection } from "#lib/db/client.ts";
import type { ProcessStatus } from "#lib/ops/process-status.ts";
import type { Settled } from "../settlement.ts";
import { moveTotalsSql, type SettledRow, settledColumnsSql, settleRowsSql, toSettled } from "./settlement.ts";

const batchSize = 200;

/** Makes a process known as alive. To be called before its first request is admitted, or that would seem abandoned. */
export async function registerProcess(db: Db, processId: string, status?: ProcessStatus): Promise<void> {
  await beat(db, processId, status);
  await db.$executeRaw`DELETE FROM processes WHERE heartbeat_at < now() - interval '1 day'`;
}

/** Tells that the process lives, by the database's clock, and how it is. */
export async function beat(db: Db, processId: string, status?: ProcessStatus): Promise<void> {
  const said = JSON.stringify(status ?? {});
  await db.$executeRaw`
    INSERT INTO processes (id, started_at, heartbeat_at, status) VALUES (${processId}, now(), now(), ${said}::jsonb)
    ON CONFLICT (id) DO UPDATE SET heartbeat_at = now(), status = excluded.status`;
}

/** Forgets a process that ends in order, its requests settled. */
export async function endProcess(db: Db, processId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM processes WHERE id = ${processId}`;
}

export interface AbandonedOptions {
  /** A process silent for longer is dead. */
  deadAfterMs: number;
  /** The only process that can be alive, as on the embedded database: all others are dead at once. */
  soleProcessId?: string;
  /** The database's clock if left out. */
  now?: Date;
}

/**
 * Settles what dead processes left `reserved`, as `interrupted`: no tokens are known, so the cost is 0 and `estimated`.
 * Several processes may sweep at once; each request is settled, and given back, once.
 */
export async function settleAbandoned(db: Db, options: AbandonedOptions): Promise<Settled[]> {
  const settled: Settled[] = [];
  const values = [options.now?.toISOString() ?? null, options.deadAfterMs, options.soleProcessId ?? null];
  for (;;) {
    const rows = await onConnection(db, (query) => query<SettledRow>(settleAbandonedSql, values));
    settled.push(...rows.map(toSettled));
    if (rows.length < batchSize) return settled;
  }
}

const settleAbandonedSql = `
WITH abandoned AS (
  SELECT r.id FROM requests r
  WHERE r.status = 'reserved' AND CASE WHEN $3::text IS NOT NULL THEN r.process_id <> $3::text ELSE NOT EXISTS (
    SELECT FROM processes p
    WHERE p.id = r.process_id
      AND p.heartbeat_at >= coalesce($1::timestamptz, now()) - $2::float8 * interval '1 millisecond') END
  ORDER BY r.id
  LIMIT ${batchSize}
  FOR UPDATE OF r SKIP LOCKED
), settled AS (
  ${settleRowsSql}
  FROM abandoned, (VALUES ('interrupted', NULL::int, NULL::text, NULL::text, NULL::text, 0, 0, 0, 0, 0, true, NULL::int, NULL::int,
      NULL::text))
    AS o(status, http_status, error_code, finish_reason, upstream, attempts, prompt_tokens, cached_tokens,
      completion_tokens, reasoning_tokens, estimated, time_to_first_token_ms, total_ms, trace)
  WHERE r.id = abandoned.id
  RETURNING r.*
), ${moveTotalsSql}
SELECT ${settledColumnsSql} FROM settled`;
