import { type Db, onMeteringConnection } from "#lib/db/client.ts";
import type { Statement, TextRow } from "#lib/db/joined-statements.ts";
import { noTokens, type TokenCounts } from "../cost.ts";
import { formatTrace } from "../request-trace.ts";
import type { Outcome, Settled } from "../settlement.ts";
import { moveQuartersSql } from "./quarter-sql.ts";

/** Columns hold 32-bit integers; an upstream's nonsense beyond that must not keep a request from being settled. */
const MAX_INT = 2_147_483_647;

/** One call and how it ended. */
export interface Settlement {
  requestId: string;
  outcome: Outcome;
}

/**
 * Records how calls ended: their rows, the roll-up by quarter of an hour and the month's spend, in one statement. The cost comes from the
 * prices on the row. Of several settlements of one id the first counts; the others change nothing and give null. Results are in
 * the settlements' order.
 */
export async function settleBatch(db: Db, settlements: readonly Settlement[]): Promise<(Settled | null)[]> {
  const { text, values } = settleStatement(settlements);
  const rows = await onMeteringConnection(db, (query) => query<SettledRow>(text, [...values]));
  return inOrderOf(settlements, rows.map(toSettled));
}

/** The statement that does it; its rows are the columns of `settledColumnsSql`. */
export function settleStatement(settlements: readonly Settlement[]): Statement {
  return { text: settleSql, values: outcomeValues([...firstOfEach(settlements).values()]) };
}

/** What was settled, in the order of the settlements. */
export function inOrderOf(
  settlements: readonly Settlement[],
  settled: readonly Settled[],
): (Settled | null)[] {
  const first = firstOfEach(settlements);
  const byId = new Map(settled.map((each) => [each.requestId, each]));
  return settlements.map((settlement) =>
    first.get(settlement.requestId) === settlement ? (byId.get(settlement.requestId) ?? null) : null,
  );
}

function firstOfEach(settlements: readonly Settlement[]): Map<string, Settlement> {
  const first = new Map<string, Settlement>();
  for (const settlement of settlements) {
    if (!first.has(settlement.requestId)) first.set(settlement.requestId, settlement);
  }
  return first;
}

/** The same for one call. */
export async function settle(db: Db, requestId: string, outcome: Outcome): Promise<Settled | null> {
  const [settled = null] = await settleBatch(db, [{ requestId, outcome }]);
  return settled;
}

export interface SettledRow extends TokenCounts {
  requestId: string;
  accountId: string;
  keyId: string | null;
  /** A 64-bit integer, as the driver gives it. */
  costNanoUsd: string;
}

export function toSettled(row: SettledRow): Settled {
  const { promptTokens, cachedTokens, completionTokens, reasoningTokens } = row;
  return {
    requestId: row.requestId,
    accountId: row.accountId,
    keyId: row.keyId,
    usage: { promptTokens, cachedTokens, completionTokens, reasoningTokens },
    costNanoUsd: BigInt(row.costNanoUsd),
  };
}

/** The same from a row of texts, in the order of `settledColumnsSql`. */
export function settledOfTexts([
  requestId,
  accountId,
  keyId,
  prompt,
  cached,
  completion,
  reasoning,
  cost,
]: TextRow): Settled {
  if (!requestId || !accountId) throw new Error("A settled row is without its ids.");
  return {
    requestId,
    accountId,
    keyId: keyId ?? null,
    usage: {
      promptTokens: Number(prompt),
      cachedTokens: Number(cached),
      completionTokens: Number(completion),
      reasoningTokens: Number(reasoning),
    },
    costNanoUsd: BigInt(cost ?? 0),
  };
}

/** What `settled` does to the rows of `o`: `UPDATE requests r SET …`, still without its FROM and WHERE. */
export const settleRowsSql = `UPDATE requests r SET
    status = o.status::"RequestStatus",
    http_status = o.http_status,
    error_code = o.error_code,
    finish_reason = o.finish_reason,
    upstream = o.upstream,
    attempts = o.attempts,
    prompt_tokens = o.prompt_tokens,
    cached_tokens = o.cached_tokens,
    completion_tokens = o.completion_tokens,
    reasoning_tokens = o.reasoning_tokens,
    estimated = o.estimated,
    cost_nano_usd = (o.prompt_tokens::bigint - o.cached_tokens) * r.input_price_nano_usd
      + o.cached_tokens::bigint * r.cached_input_price_nano_usd
      + o.completion_tokens::bigint * r.output_price_nano_usd,
    time_to_first_token_ms = o.time_to_first_token_ms,
    total_ms = o.total_ms,
    trace = o.trace,
    settled_at = now()`;

function outcomeValues(settlements: readonly Settlement[]): Statement["values"] {
  type Value = string | number | boolean | null;
  const each = (value: (outcome: Outcome, usage: TokenCounts) => Value) =>
    settlements.map(({ outcome }) => value(outcome, outcome.usage ?? noTokens));
  return [
    settlements.map(({ requestId }) => requestId),
    each(({ status }) => status),
    each(({ httpStatus }) => httpStatus),
    each(({ errorCode }) => errorCode ?? null),
    each(({ finishReason }) => finishReason ?? null),
    each(({ upstream }) => upstream ?? null),
    each(({ attempts }) => attempts),
    each((_, usage) => toInt(usage.promptTokens)),
    each((_, usage) => toInt(usage.cachedTokens)),
    each((_, usage) => toInt(usage.completionTokens)),
    each((_, usage) => toInt(usage.reasoningTokens)),
    each(({ estimated }) => estimated),
    each(({ timeToFirstTokenMs }) => toIntOrNull(timeToFirstTokenMs)),
    each(({ totalMs }) => toIntOrNull(totalMs)),
    each(({ trace }) => (trace ? formatTrace(trace) : null)),
  ];
}

export const settledColumnsSql = `id AS "requestId", account_id AS "accountId", key_id AS "keyId",
  prompt_tokens AS "promptTokens", cached_tokens AS "cachedTokens", completion_tokens AS "completionTokens",
  reasoning_tokens AS "reasoningTokens", cost_nano_usd AS "costNanoUsd"`;

/**
 * Moves roll-ups and monthly spend by the rows of `settled`. Rows are touched in a fixed order (quarters, then months, an
 * account's keys before the account), the same as in admission, so that no two statements wait for each other.
 */
export const moveTotalsSql = `moved_quarters AS (
  ${moveQuartersSql}
  RETURNING 1
), reopened_blocks AS (
  UPDATE usage_blocks_state SET until = least(until, late.quarter), making = least(making, late.quarter)
  FROM (SELECT date_bin('15 minutes', min(created_at), '2000-01-01T00:00Z') AS quarter FROM settled) AS late
  WHERE greatest(until, making) > late.quarter
), moved_months AS (
  INSERT INTO budget_months AS b (holder_id, month, spent_nano_usd, reserved_nano_usd)
  SELECT holder.id, date_trunc('month', created_at AT TIME ZONE 'UTC')::date, sum(cost_nano_usd),
    -sum(settled.reserved_nano_usd)
  FROM (SELECT count(*) FROM moved_quarters) AS after_quarters, settled
    LEFT JOIN (SELECT id AS line_key_id, first_key_id FROM keys) AS line ON line_key_id = key_id,
    LATERAL (VALUES (1, coalesce(first_key_id, key_id)), (2, account_id)) AS holder(rank, id)
  WHERE holder.id IS NOT NULL
  GROUP BY account_id, holder.rank, holder.id, 2
  ORDER BY account_id, holder.rank, holder.id, 2
  ON CONFLICT (holder_id, month) DO UPDATE SET
    spent_nano_usd = b.spent_nano_usd + excluded.spent_nano_usd,
    reserved_nano_usd = b.reserved_nano_usd + excluded.reserved_nano_usd
)`;

/** The status as text, so that rows are found by id and not by the index of open requests, full of those settled a moment ago. */
const settleSql = `
WITH settled AS (
  ${settleRowsSql}
  FROM unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::int[], $8::int[], $9::int[], $10::int[],
    $11::int[], $12::boolean[], $13::int[], $14::int[], $15::text[])
    AS o(id, status, http_status, error_code, finish_reason, upstream, attempts, prompt_tokens, cached_tokens,
      completion_tokens, reasoning_tokens, estimated, time_to_first_token_ms, total_ms, trace)
  WHERE r.id = o.id AND r.status::text = 'reserved'
  RETURNING r.*
), ${moveTotalsSql}
SELECT ${settledColumnsSql} FROM settled`;

function toInt(value: number): number {
  return Math.min(MAX_INT, Math.round(value));
}

function toIntOrNull(value: number | null | undefined): number | null {
  return value === null || value === undefined ? null : toInt(value);
}
