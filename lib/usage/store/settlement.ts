import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { noTokens, type TokenCounts } from "../cost.ts";
import type { Outcome, Settled } from "../settlement.ts";

/** Columns hold 32-bit integers; an upstream's nonsense beyond that must not keep a request from being settled. */
const MAX_INT = 2_147_483_647;

/**
 * Records how a call ended: its row, the hourly roll-up and the month's spend, in one statement. The cost comes from the
 * prices on the row. Of several settlements of one id the first counts; the others change nothing and give null.
 */
export async function settle(db: Db, requestId: string, outcome: Outcome): Promise<Settled | null> {
  const [row] = await db.$queryRaw<SettledRow[]>(Prisma.sql`
    WITH settled AS (
      ${settleRowsSql(outcome)}
      WHERE r.id = ${requestId} AND r.status = 'reserved'
      ${returningSql}
    ), ${moveTotalsSql}
    SELECT ${settledColumnsSql} FROM settled`);
  return row ? toSettled(row) : null;
}

export interface SettledRow extends TokenCounts {
  requestId: string;
  accountId: string;
  keyId: string | null;
  costNanoUsd: bigint;
}

export function toSettled(row: SettledRow): Settled {
  const { promptTokens, cachedTokens, completionTokens, reasoningTokens } = row;
  return {
    requestId: row.requestId,
    accountId: row.accountId,
    keyId: row.keyId,
    usage: { promptTokens, cachedTokens, completionTokens, reasoningTokens },
    costNanoUsd: row.costNanoUsd,
  };
}

/** An outcome whose end nobody saw has neither status code nor duration. */
type RecordedOutcome = Omit<Outcome, "httpStatus" | "totalMs"> & {
  httpStatus: number | null;
  totalMs: number | null;
};

/** `UPDATE requests r SET …`, still without its WHERE. */
export function settleRowsSql(outcome: RecordedOutcome): Prisma.Sql {
  const usage = outcome.usage ?? noTokens;
  const prompt = toInt(usage.promptTokens);
  const cached = toInt(usage.cachedTokens);
  const completion = toInt(usage.completionTokens);
  return Prisma.sql`UPDATE requests r SET
    status = ${outcome.status}::"RequestStatus",
    http_status = ${outcome.httpStatus}::int,
    error_code = ${outcome.errorCode ?? null}::text,
    finish_reason = ${outcome.finishReason ?? null}::text,
    upstream = ${outcome.upstream ?? null}::text,
    attempts = ${outcome.attempts}::int,
    prompt_tokens = ${prompt}::int,
    cached_tokens = ${cached}::int,
    completion_tokens = ${completion}::int,
    reasoning_tokens = ${toInt(usage.reasoningTokens)}::int,
    estimated = ${outcome.estimated}::boolean,
    cost_nano_usd = (${prompt}::bigint - ${cached}::bigint) * r.input_price_nano_usd
      + ${cached}::bigint * r.cached_input_price_nano_usd
      + ${completion}::bigint * r.output_price_nano_usd,
    time_to_first_token_ms = ${toIntOrNull(outcome.timeToFirstTokenMs)}::int,
    total_ms = ${toIntOrNull(outcome.totalMs)}::int,
    settled_at = now()`;
}

export const returningSql = Prisma.sql`RETURNING r.*`;

export const settledColumnsSql = Prisma.sql`id AS "requestId", account_id AS "accountId", key_id AS "keyId",
  prompt_tokens AS "promptTokens", cached_tokens AS "cachedTokens", completion_tokens AS "completionTokens",
  reasoning_tokens AS "reasoningTokens", cost_nano_usd AS "costNanoUsd"`;

/**
 * Moves roll-ups and monthly spend by the rows of `settled`. Rows are touched in a fixed order (hours, then months, an
 * account's keys before the account), the same as in admission, so that no two statements wait for each other.
 */
export const moveTotalsSql = Prisma.sql`moved_hours AS (
  INSERT INTO usage_hours AS h (account_id, subject, tag, model, hour, source, requests, failures, prompt_tokens,
    cached_tokens, completion_tokens, reasoning_tokens, cost_nano_usd)
  SELECT account_id, coalesce(key_id, 'chat'), tag, model, date_trunc('hour', created_at, 'UTC'), source, count(*),
    count(*) FILTER (WHERE status <> 'succeeded'), sum(prompt_tokens), sum(cached_tokens), sum(completion_tokens),
    sum(reasoning_tokens), sum(cost_nano_usd)
  FROM settled
  GROUP BY 1, 2, 3, 4, 5, 6
  ORDER BY 1, 5, 2, 4, 3
  ON CONFLICT (account_id, hour, subject, model, tag) DO UPDATE SET
    requests = h.requests + excluded.requests,
    failures = h.failures + excluded.failures,
    prompt_tokens = h.prompt_tokens + excluded.prompt_tokens,
    cached_tokens = h.cached_tokens + excluded.cached_tokens,
    completion_tokens = h.completion_tokens + excluded.completion_tokens,
    reasoning_tokens = h.reasoning_tokens + excluded.reasoning_tokens,
    cost_nano_usd = h.cost_nano_usd + excluded.cost_nano_usd
  RETURNING 1
), moved_months AS (
  INSERT INTO budget_months AS b (holder_id, month, spent_nano_usd, reserved_nano_usd)
  SELECT holder.id, date_trunc('month', created_at AT TIME ZONE 'UTC')::date, sum(cost_nano_usd),
    -sum(settled.reserved_nano_usd)
  FROM (SELECT count(*) FROM moved_hours) AS after_hours, settled
    LEFT JOIN (SELECT id AS line_key_id, first_key_id FROM keys) AS line ON line_key_id = key_id,
    LATERAL (VALUES (1, coalesce(first_key_id, key_id)), (2, account_id)) AS holder(rank, id)
  WHERE holder.id IS NOT NULL
  GROUP BY account_id, holder.rank, holder.id, 2
  ORDER BY account_id, holder.rank, holder.id, 2
  ON CONFLICT (holder_id, month) DO UPDATE SET
    spent_nano_usd = b.spent_nano_usd + excluded.spent_nano_usd,
    reserved_nano_usd = b.reserved_nano_usd + excluded.reserved_nano_usd
)`;

function toInt(value: number): number {
  return Math.min(MAX_INT, Math.round(value));
}

function toIntOrNull(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : toInt(value);
}
