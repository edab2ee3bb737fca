import { type Db, onConnection, type Query } from "#lib/db/client.ts";
import { compareQuarters } from "./reconcile/quarters.ts";

const batchSize = 5_000;
const dayMs = 86_400_000;

export type DropStep =
  /** `dropped` requests went, or a day was cleared to go; call again. */
  | { kind: "moved"; dropped: number }
  | { kind: "done" }
  /** Another process is at it. */
  | { kind: "busy" }
  /** The roll-ups of a day are not the sum of its requests, which are the only proof: it is kept until that is repaired. */
  | { kind: "kept"; day: Date };

/**
 * One step of dropping requests of UTC days that ended more than `keepDays` ago; roll-ups are not touched. A day goes only once its roll-ups
 * are proven to be its sum. Of several processes one does it at a time. Running requests are left until they are settled.
 */
export async function dropOldRequests(
  db: Db,
  { keepDays, now }: { keepDays: number; now: Date },
): Promise<DropStep> {
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  const target = new Date(today - keepDays * dayMs);
  const next = await onConnection(db, (query) => nextDay(query, target));
  if (next) {
    const day = { from: next, to: new Date(next.getTime() + dayMs) };
    const { differences } = await compareQuarters(db, day);
    if (differences.length > 0) return { kind: "kept", day: next };
    await db.$executeRaw`UPDATE request_log_state SET kept_from = greatest(kept_from, ${day.to}::timestamptz)`;
  }
  const dropped = await onConnection(db, dropBatch);
  if (dropped === null) return { kind: "busy" };
  return next || dropped === batchSize ? { kind: "moved", dropped } : { kind: "done" };
}

/** The oldest day with requests that is to go and has not been cleared. */
async function nextDay(query: Query, target: Date): Promise<Date | null> {
  // Pages filled since are known to the index only then.
  await query("SELECT brin_summarize_new_values('requests_created_at_brin')");
  const [row] = await query<{ day: Date | null }>(
    `SELECT date_trunc('day', min(created_at), 'UTC') AS day FROM requests
     WHERE created_at < $1 AND created_at >= coalesce((SELECT kept_from FROM request_log_state), '-infinity')`,
    [target],
  );
  return row?.day ?? null;
}

async function dropBatch(query: Query): Promise<number | null> {
  await query("BEGIN");
  const [state] = await query<{ kept_from: Date | null }>(
    "SELECT kept_from FROM request_log_state FOR UPDATE SKIP LOCKED",
  );
  if (!state) {
    await query("ROLLBACK");
    return null;
  }
  const gone = state.kept_from
    ? await query(
        `DELETE FROM requests WHERE id IN (
           SELECT id FROM requests WHERE created_at < $1 AND status <> 'reserved' LIMIT ${batchSize})
         RETURNING 1`,
        [state.kept_from],
      )
    : [];
  await query("COMMIT");
  return gone.length;
}

/** From when on single requests are kept; null while none was ever dropped. */
export async function getKeptFrom(db: Db): Promise<Date | null> {
  const row = await db.requestLogState.findFirst({ select: { keptFrom: true } });
  return row?.keptFrom ?? null;
}
