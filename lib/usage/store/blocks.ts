import { type Db, onConnection, type Query } from "#lib/db/client.ts";
import { families, type Level } from "../roll-up-plan.ts";
import { latencyColumns, mergedLatencySql, summedColumns } from "./quarter-sql.ts";

/** Requests are admitted with their process's clock; what it may be behind. */
const clockSlack = "5 minutes";

/**
 * Makes blocks of quarters that nothing moves any more: those that ended, with no request admitted in them still running. Of several
 * processes one does it at a time. Gives how far the blocks reach; call it again while that moves (a step is a day at most).
 */
export async function makeBlocks(db: Db, now: Date): Promise<Step> {
  return await onConnection(db, async (query) => {
    const announced = await inTransaction(query, () => announceStep(query, now));
    if (!announced.moved) return announced;
    const step = await inTransaction(query, () => makeStep(query, now));
    if (step.moved) await summarizeRequests(query);
    return step;
  });
}

async function inTransaction<T>(query: Query, work: () => Promise<T>): Promise<T> {
  await query("BEGIN");
  const result = await work();
  await query("COMMIT");
  return result;
}

/**
 * The log of the whole installation finds a time by a BRIN index, which knows pages filled since only then. Where autovacuum holds the table
 * it is left for the next time: waiting would make autovacuum give up.
 */
async function summarizeRequests(query: Query): Promise<void> {
  await query("BEGIN");
  await query("SET LOCAL lock_timeout = '100ms'");
  try {
    await query("SELECT brin_summarize_new_values('requests_created_at_brin')");
    await query("COMMIT");
  } catch (error) {
    await query("ROLLBACK");
    if (!isLockTimeout(error)) throw error;
  }
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "55P03";
}

interface Step {
  until: Date;
  moved: boolean;
}

/**
 * What is settled from now on within the time of the next step sees that its blocks are being made, waits for that and sets them back. Only what
 * is announced is made: what a settlement under way did not see announced is told by its request, which still runs then.
 */
async function announceStep(query: Query, now: Date): Promise<Step> {
  const { until, to } = await nextStep(query, now);
  if (!to) return { until, moved: false };
  await query("UPDATE usage_blocks_state SET making = $1", [to]);
  return { until, moved: true };
}

async function makeStep(query: Query, now: Date): Promise<Step> {
  const { until, making, from, to: possible } = await nextStep(query, now);
  const to = possible && new Date(Math.min(possible.getTime(), making.getTime()));
  if (!to || to <= from) return { until, moved: false };
  for (const level of blockLevels) {
    const { name } = level;
    const first = blockStart(level, from);
    await query("DELETE FROM usage_blocks WHERE level = $1 AND starts_at >= $2", [name, first]);
    const end = blockStart(level, to);
    if (end > first) await query(insertSql(level), [name, first, end]);
  }
  await query("UPDATE usage_blocks_state SET until = $1, making = $1", [to]);
  return { until: to, moved: true };
}

interface NextStep {
  until: Date;
  making: Date;
  from: Date;
  /** Null while nothing can be made. */
  to: Date | null;
}

/** Locks what is known of blocks, so that one process looks at a time. */
async function nextStep(query: Query, now: Date): Promise<NextStep> {
  const [state] = await query<{ until: Date; making: Date }>(
    "SELECT until, making FROM usage_blocks_state FOR UPDATE",
  );
  if (!state) throw new Error("The table usage_blocks_state has lost its row.");
  const [bounds] = await query<{ from: Date | null; to: Date }>(boundsSql, [state.until, now]);
  const from = bounds?.from ?? state.until;
  return { ...state, from, to: bounds && bounds.to > from ? bounds.to : null };
}

/** From where blocks are to be made (what is before the first quarter needs none) and up to where they can be. */
const boundsSql = `
WITH closed AS (
  SELECT date_bin('15 minutes', least(
    $2::timestamptz - interval '${clockSlack}',
    (SELECT min(created_at) FROM requests WHERE status = 'reserved')), '2000-01-01T00:00Z') AS until
), begun AS (
  SELECT greatest($1::timestamptz, (SELECT min(quarter) FROM usage_quarters)) AS at
  WHERE EXISTS (SELECT FROM usage_quarters WHERE quarter >= $1::timestamptz)
)
SELECT coalesce(begun.at, closed.until) AS "from",
  least(closed.until, date_trunc('day', coalesce(begun.at, closed.until), 'UTC') + interval '1 day') AS "to"
FROM closed LEFT JOIN begun ON true`;

interface BlockLevel extends Level {
  failing: boolean;
  columns: BlockColumns;
}

interface BlockColumns {
  /** As a quarter has them, or what stands for those left out. */
  accountId: string;
  subject: string;
  model: string;
  source: string;
  tag: string;
  status: string;
  errorCode: string;
}

export const blockLevels: readonly BlockLevel[] = families.flatMap(({ owner, holds, levels, ...family }) => {
  const has = (dimension: string) => (holds as readonly string[]).includes(dimension);
  const columns = {
    accountId: owner === "account" ? "account_id" : "''",
    subject: has("key") ? "subject" : "''",
    model: has("model") ? "model" : "''",
    // The column is an enumeration; a level that leaves it out has one of its values for all.
    source: has("source") ? "source" : `'api'::"RequestSource"`,
    tag: has("tag") ? "tag" : "''",
    status: has("status") ? "status::text" : "''",
    errorCode: has("error") ? "error_code" : "''",
  };
  const failing = "failing" in family;
  return levels.map((level) => ({ ...level, failing, columns }));
});

/** The beginning of the block that holds a moment, or that begins with it. */
export function blockStart({ lengthMs }: Level, time: Date): Date {
  return new Date(Math.floor(time.getTime() / lengthMs) * lengthMs);
}

/** The sums of a level's blocks, from quarters still to be chosen and grouped; its columns are named as those of `usage_blocks`. */
export function blockSumsSql(
  { lengthMs, failing, columns }: BlockLevel,
  extra: readonly string[] = [],
): string {
  const { accountId, subject, model, tag, source, status, errorCode } = columns;
  const sums = summedColumns.map((column) => `sum(${column}) AS ${column}`);
  return `SELECT ${accountId} AS account_id, date_bin('${lengthMs / 60_000} minutes', quarter, '1970-01-01T00:00Z') AS starts_at,
    ${subject} AS subject, ${model} AS model, ${tag} AS tag, ${source} AS source, ${status} AS status, ${errorCode} AS error_code,
    coalesce(sum(requests) FILTER (WHERE usage_quarters.status <> 'succeeded'), 0) AS failures, ${[...sums, ...extra].join(", ")}
  FROM ${failing ? "(SELECT * FROM usage_quarters WHERE status <> 'succeeded') AS usage_quarters" : "usage_quarters"}`;
}

/** Histograms of a group are joined as text, since arrays of unequal length are not. */
function insertSql(level: BlockLevel): string {
  const joined = latencyColumns.map(
    (column) =>
      `string_agg(array_to_string(${column}, ','), ',') FILTER (WHERE ${column} <> '{}') AS ${column}`,
  );
  const merged = latencyColumns
    .map((column) => mergedLatencySql(`('{' || ${column} || '}')::bigint[]`))
    .join(", ");
  return `
INSERT INTO usage_blocks (level, account_id, starts_at, subject, model, tag, source, status, error_code, failures,
  ${[...summedColumns, ...latencyColumns].join(", ")})
SELECT $1::text, account_id, starts_at, subject, model, tag, source, status, error_code, failures, ${summedColumns.join(", ")},
  ${merged}
FROM (
  ${blockSumsSql(level, joined)}
  WHERE quarter >= $2 AND quarter < $3
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
) AS added`;
}
