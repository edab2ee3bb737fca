import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { Settled } from "../settlement.ts";
import {
  moveTotalsSql,
  returningSql,
  type SettledRow,
  settledColumnsSql,
  settleRowsSql,
  toSettled,
} from "./settlement.ts";

const BATCH = 200;

/** Makes a process known as alive. To be called before its first request is admitted, or that would seem abandoned. */
export async function registerProcess(db: Db, processId: string): Promise<void> {
  await beat(db, processId);
  await db.$executeRaw`DELETE FROM processes WHERE heartbeat_at < now() - interval '1 day'`;
}

/** Tells that the process lives, by the database's clock. */
export async function beat(db: Db, processId: string): Promise<void> {
  await db.$executeRaw`
    INSERT INTO processes (id, started_at, heartbeat_at) VALUES (${processId}, now(), now())
    ON CONFLICT (id) DO UPDATE SET heartbeat_at = now()`;
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
  for (;;) {
    const rows = await db.$queryRaw<SettledRow[]>(settleBatchSql(options));
    settled.push(...rows.map(toSettled));
    if (rows.length < BATCH) return settled;
  }
}

function settleBatchSql(options: AbandonedOptions): Prisma.Sql {
  const update = settleRowsSql({
    status: "interrupted",
    usage: null,
    estimated: true,
    httpStatus: null,
    attempts: 0,
    totalMs: null,
  });
  return Prisma.sql`
    WITH abandoned AS (
      SELECT r.id FROM requests r
      WHERE r.status = 'reserved' AND ${isOwnerDeadSql(options)}
      ORDER BY r.id
      LIMIT ${BATCH}::int
      FOR UPDATE OF r SKIP LOCKED
    ), settled AS (
      ${update}
      FROM abandoned WHERE r.id = abandoned.id
      ${returningSql}
    ), ${moveTotalsSql}
    SELECT ${settledColumnsSql} FROM settled`;
}

function isOwnerDeadSql({ deadAfterMs, soleProcessId, now }: AbandonedOptions): Prisma.Sql {
  if (soleProcessId !== undefined) return Prisma.sql`r.process_id <> ${soleProcessId}`;
  return Prisma.sql`NOT EXISTS (
    SELECT FROM processes p
    WHERE p.id = r.process_id AND p.heartbeat_at >= coalesce(${now?.toISOString() ?? null}::timestamptz, now())
      - ${deadAfterMs}::float8 * interval '1 millisecond')`;
}
