import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { AnswerEnd, CallRun } from "./call-run.ts";

/**
 * A run holds its key for 30 s beyond its last sign of life. It gives one every 10 s, so that a process that died, or lost the
 * database, frees the key by silence.
 */
const leaseMs = 30_000;
const keptForMs = 24 * 60 * 60 * 1000;
const pageSize = 64;

/** Who has the key: the asker from now on, or a run that holds it, or one whose answer is kept. */
export type Claim = { kind: "claimed" } | { kind: "held"; requestId: string; bodyHash: string };

/** Takes a key for a run. Of any number of parallel claims, in any number of processes, one gets it. */
export async function claimCall(
  db: Db,
  accountId: string,
  { id, requestId, bodyHash, processId }: CallRun & { bodyHash: string; processId: string },
): Promise<Claim> {
  for (;;) {
    const claimed = await db.$executeRaw`
      INSERT INTO idempotent_calls (id, account_id, body_hash, request_id, process_id, expires_at)
      VALUES (${id}, ${accountId}, ${bodyHash}, ${requestId}, ${processId}, ${afterSql(leaseMs)})
      ON CONFLICT (id) DO NOTHING`;
    if (claimed > 0) return { kind: "claimed" };
    const [held] = await db.$queryRaw<{ requestId: string; bodyHash: string; expired: boolean }[]>`
      SELECT request_id AS "requestId", body_hash AS "bodyHash", expires_at <= now() AS expired
      FROM idempotent_calls WHERE id = ${id} AND account_id = ${accountId}`;
    if (held && !held.expired) return { kind: "held", requestId: held.requestId, bodyHash: held.bodyHash };
    await db.$executeRaw`
      DELETE FROM idempotent_calls WHERE id = ${id} AND account_id = ${accountId} AND expires_at <= now()`;
  }
}

/** What is stored at once of an answer. */
export interface StoredPiece {
  /** Counted from 1. */
  seq: number;
  sealed: Uint8Array<ArrayBuffer>;
  httpStatus: number;
  sealedHeaders: string;
  /** Null while more will come. */
  end: AnswerEnd | null;
}

/** Adds a piece to a run's answer; false when the run does not hold its key any more. */
export async function storePiece(db: Db, run: CallRun, piece: StoredPiece): Promise<boolean> {
  const stored = await db.$executeRaw`
    WITH call AS (
      UPDATE idempotent_calls SET http_status = ${piece.httpStatus}::int,
        headers = to_jsonb(${piece.sealedHeaders}::text), complete = ${piece.end !== null}::boolean,
        expires_at = ${afterSql(lifetimeMs(piece.end))}
      WHERE id = ${run.id} AND request_id = ${run.requestId} AND NOT complete
      RETURNING id
    )
    INSERT INTO idempotent_call_pieces (call_id, seq, sealed)
    SELECT id, ${piece.seq}::int, ${piece.sealed}::bytea FROM call`;
  return stored > 0;
}

function lifetimeMs(end: AnswerEnd | null): number {
  if (end === null) return leaseMs;
  // In the past by the rounding of a stored time: a repetition that comes next must find it expired.
  return end === "kept" ? keptForMs : -1;
}

/** Shows that a run is alive. */
export async function renewLease(db: Db, run: CallRun): Promise<void> {
  await db.$executeRaw`
    UPDATE idempotent_calls SET expires_at = ${afterSql(leaseMs)}
    WHERE id = ${run.id} AND request_id = ${run.requestId} AND NOT complete`;
}

/** Frees the key of a run that has not ended, with what it has stored. */
export async function releaseCall(db: Db, run: CallRun): Promise<void> {
  await db.$executeRaw`
    DELETE FROM idempotent_calls WHERE id = ${run.id} AND request_id = ${run.requestId} AND NOT complete`;
}

/** What is there of an answer after a piece. */
export interface StoredAnswer {
  /** Null until the answer has begun. */
  head: { httpStatus: number; sealedHeaders: string } | null;
  pieces: { seq: number; sealed: Uint8Array }[];
  state: "running" | "more" | "ended";
}

interface AnswerRow {
  httpStatus: number | null;
  sealedHeaders: string;
  complete: boolean;
  seq: number | null;
  sealed: Uint8Array | null;
}

/** Null when the run gave up its key, or died. */
export async function readAnswer(db: Db, run: CallRun, after: number): Promise<StoredAnswer | null> {
  const rows = await db.$queryRaw<AnswerRow[]>`
    SELECT c.http_status AS "httpStatus", c.headers #>> '{}' AS "sealedHeaders", c.complete, p.seq, p.sealed
    FROM idempotent_calls c LEFT JOIN idempotent_call_pieces p ON p.call_id = c.id AND p.seq > ${after}::int
    WHERE c.id = ${run.id} AND c.request_id = ${run.requestId} AND (c.complete OR c.expires_at > now())
    ORDER BY p.seq LIMIT ${pageSize}::int`;
  const [first] = rows;
  if (!first) return null;
  const { httpStatus, sealedHeaders, complete } = first;
  return {
    head: httpStatus === null ? null : { httpStatus, sealedHeaders },
    pieces: rows.flatMap(({ seq, sealed }) => (seq === null || sealed === null ? [] : [{ seq, sealed }])),
    state: rows.length === pageSize ? "more" : complete ? "ended" : "running",
  };
}

/** Deletes answers whose time is over; those who are just being told one have 10 s to read it. */
export async function deleteExpired(db: Db): Promise<void> {
  await db.$executeRaw`DELETE FROM idempotent_calls WHERE expires_at < now() - interval '10 seconds'`;
}

function afterSql(ms: number): Prisma.Sql {
  return Prisma.sql`now() + ${ms}::float8 * interval '1 millisecond'`;
}
