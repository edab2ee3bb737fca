import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { Admission, Call, Payer, Plan, PlanLimits, RefusalReason } from "../admission.ts";
import { consumeSql, prepareSql } from "./admission-writes.ts";

interface Row {
  verdict: "admitted" | "unprepared" | RefusalReason;
  accountId: string | null;
  keyId: string | null;
  plan: Plan | null;
  rateLimit: number | null;
  rateUsed: number | null;
  rateResetMs: number | null;
  rateRetryMs: number | null;
  quotaUsed: number | null;
  msToMidnight: number;
  midnightMs: number;
}

/** The first call of a key, day or month meets `unprepared` once; midnight may fall in between. */
const MAX_RUNS = 5;
/** Seconds of the rate window are 32-bit integers: counted from 1970 they would end in 2038, from here in 2094. */
export const SECONDS_BEGIN = "2026-01-01T00:00:00Z";

/**
 * Lets a call through, or refuses it, exactly: a limit of n lets n calls through, whatever their parallelism and the
 * number of processes. What is admitted leaves a `reserved` row, to be settled once; what is refused consumes nothing.
 */
export async function admit(db: Db, call: Call): Promise<Admission> {
  for (let run = 0; run < MAX_RUNS; run += 1) {
    const [row] = await db.$queryRaw<Row[]>(admissionSql(call));
    if (!row) throw new Error("The admission statement gave no row.");
    if (row.verdict !== "unprepared") return toAdmission(row, call);
  }
  throw new Error("The counters of a call could not be prepared.");
}

function toAdmission(row: Row, call: Call): Admission {
  const { verdict, accountId, plan, rateLimit, rateUsed, rateResetMs } = row;
  if (verdict === "unprepared") throw new Error("An unprepared call has no verdict.");
  if (
    accountId === null ||
    plan === null ||
    rateLimit === null ||
    rateUsed === null ||
    rateResetMs === null
  ) {
    if (verdict === "admitted") throw new Error("The admission statement gave an incomplete row.");
    return { ok: false, reason: verdict };
  }
  const admitted = verdict === "admitted";
  const rate = {
    limit: rateLimit,
    remaining: Math.max(0, rateLimit - rateUsed - (admitted ? 1 : 0)),
    resetMs: Math.max(0, Math.ceil(rateResetMs)),
  };
  if (!admitted) return { ok: false, reason: verdict, rate, ...retryAfter(row, verdict) };
  const limit = call.limits.trialRequestsPerDay;
  const quota =
    row.quotaUsed === null
      ? null
      : { limit, remaining: Math.max(0, limit - row.quotaUsed - 1), resetsAt: new Date(row.midnightMs) };
  return { ok: true, accountId, keyId: row.keyId, plan, rate, quota };
}

function retryAfter(row: Row, reason: RefusalReason): { retryAfterS?: number } {
  if (reason === "rate_limited") return { retryAfterS: wholeSeconds(row.rateRetryMs ?? 60_000) };
  if (reason === "daily_quota_exceeded") return { retryAfterS: wholeSeconds(row.msToMidnight) };
  return {};
}

function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

function payerSql(payer: Payer, model: string, limits: PlanLimits): Prisma.Sql {
  const planLimit = Prisma.sql`CASE a.plan
    WHEN 'trial' THEN ${limits.trialRequestsPerMinute}::int ELSE ${limits.paidRequestsPerMinute}::int END`;
  if (payer.kind === "account") {
    return Prisma.sql`
      SELECT a.id AS account_id, a.plan, a.monthly_budget_nano_usd AS account_budget,
        NULL::text AS key_id, NULL::text AS key_holder, NULL::bigint AS key_budget, 'chat:' || a.id AS subject,
        ${planLimit} AS rate_limit, a.monthly_budget_nano_usd IS NOT NULL AS budgeted, true AS in_scope
      FROM accounts a
      WHERE a.id = ${payer.accountId} AND a.disabled_at IS NULL`;
  }
  return Prisma.sql`
    SELECT a.id AS account_id, a.plan, a.monthly_budget_nano_usd AS account_budget,
      k.id AS key_id, coalesce(k.first_key_id, k.id) AS key_holder, k.monthly_budget_nano_usd AS key_budget,
      coalesce(k.first_key_id, k.id) AS subject,
      least(k.requests_per_minute, ${planLimit}) AS rate_limit,
      a.monthly_budget_nano_usd IS NOT NULL OR k.monthly_budget_nano_usd IS NOT NULL AS budgeted,
      ${isInScopeSql(model)} AS in_scope
    FROM clock c, keys k JOIN accounts a ON a.id = k.account_id
    WHERE k.hash = ${payer.hash} AND k.revoked_at IS NULL AND a.disabled_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > c.now)`;
}

/** The same rule as `isModelAllowed` of the keys, on the patterns of the key `k`. */
function isInScopeSql(model: string): Prisma.Sql {
  return Prisma.sql`(cardinality(k.model_patterns) = 0 OR EXISTS (
    SELECT FROM unnest(k.model_patterns) AS pattern
    WHERE ${model} LIKE replace(
      replace(replace(replace(pattern, '\\', '\\\\'), '%', '\\%'), '_', '\\_'), '*', '%')))`;
}

/**
 * One statement. Every common table expression sees the data as of its start, except that a locked row is read as it is
 * now; so the counters are locked first, always in the order rate, quota, key's month, account's month, then the verdict
 * is found on what was locked, and only then is anything written. A row that is not there cannot be locked: if one is
 * missing, the statement writes nothing but empty counters, and is run again. It then locks nothing behind the missing row:
 * an insert waits for whoever is changing the row it meets, and that one may be waiting for a row behind it.
 */
function admissionSql(call: Call): Prisma.Sql {
  const source = call.payer.kind === "key" ? "api" : "chat";
  return Prisma.sql`
WITH clock AS MATERIALIZED (
  SELECT t AS now, floor(since)::int AS second, since * 1000 AS now_ms,
    (t AT TIME ZONE 'UTC')::date AS day, date_trunc('month', t AT TIME ZONE 'UTC')::date AS month,
    date_trunc('day', t, 'UTC') + interval '24 hours' AS midnight
  FROM (SELECT coalesce(${call.now?.toISOString() ?? null}::timestamptz, now()) AS t) AS given,
    LATERAL (SELECT extract(epoch FROM t - ${SECONDS_BEGIN}::timestamptz)::float8 AS since) AS elapsed
), payer AS MATERIALIZED (${payerSql(call.payer, call.model, call.limits)}
), allowed AS MATERIALIZED (
  SELECT * FROM payer WHERE in_scope
), ${lockSql}, ${verdictSql(call)}, ${prepareSql}, ${consumeSql(call)}, recorded AS (
  INSERT INTO requests (id, account_id, key_id, source, model, endpoint, stream, tag, status,
    input_price_nano_usd, cached_input_price_nano_usd, output_price_nano_usd, reserved_nano_usd, process_id, created_at)
  SELECT ${call.requestId}, account_id, key_id, ${source}::"RequestSource", ${call.model}, ${call.endpoint},
    ${call.stream}::boolean, ${call.tag ?? ""}, 'reserved', ${call.prices.inputNanoUsd}::int, ${call.prices.cachedInputNanoUsd}::int,
    ${call.prices.outputNanoUsd}::int, CASE WHEN budgeted THEN ${call.reserveNanoUsd}::bigint ELSE 0 END,
    ${call.processId}, now
  FROM judged WHERE verdict = 'admitted'
)
SELECT coalesce(j.verdict, CASE WHEN p.account_id IS NULL THEN 'invalid_key' ELSE 'scope_exceeded' END) AS verdict,
  j.account_id AS "accountId", j.key_id AS "keyId", j.plan::text AS plan, j.rate_limit AS "rateLimit",
  j.rate_used AS "rateUsed", j.rate_reset_ms AS "rateResetMs", j.rate_retry_ms AS "rateRetryMs",
  j.quota_used AS "quotaUsed", extract(epoch FROM c.midnight - c.now)::float8 * 1000 AS "msToMidnight",
  extract(epoch FROM c.midnight)::float8 * 1000 AS "midnightMs"
FROM clock c LEFT JOIN payer p ON true LEFT JOIN judged j ON true`;
}

const lockSql = Prisma.sql`rate AS MATERIALIZED (
  SELECT w.seconds, w.counts FROM allowed p JOIN rate_windows w ON w.subject = p.subject
  FOR UPDATE OF w
), quota AS MATERIALIZED (
  SELECT q.used FROM rate, clock c, allowed p JOIN daily_quotas q ON q.account_id = p.account_id
  WHERE p.plan = 'trial' AND q.day = c.day
  FOR UPDATE OF q
), key_month AS MATERIALIZED (
  SELECT b.spent_nano_usd + b.reserved_nano_usd AS held
  FROM rate, (SELECT count(*) AS locked FROM quota) AS quotas, clock c,
    allowed p JOIN budget_months b ON b.holder_id = p.key_holder
  WHERE p.budgeted AND b.month = c.month AND (p.plan <> 'trial' OR quotas.locked = 1)
  FOR UPDATE OF b
), account_month AS MATERIALIZED (
  SELECT b.spent_nano_usd + b.reserved_nano_usd AS held
  FROM rate, (SELECT count(*) AS locked FROM quota) AS quotas,
    (SELECT count(*) AS locked FROM key_month) AS key_months, clock c,
    allowed p JOIN budget_months b ON b.holder_id = p.account_id
  WHERE p.budgeted AND b.month = c.month AND (p.plan <> 'trial' OR quotas.locked = 1)
    AND (p.key_id IS NULL OR key_months.locked = 1)
  FOR UPDATE OF b
)`;

/** A request counts in its one-second bucket until 61 s after the bucket began: for 60 s at least and 61 s at most. */
function verdictSql(call: Call): Prisma.Sql {
  return Prisma.sql`live AS MATERIALIZED (
  SELECT b.second, b.count, sum(b.count) OVER (ORDER BY b.second) AS running
  FROM rate, clock c, unnest(rate.seconds, rate.counts) AS b(second, count)
  WHERE b.second >= c.second - 60
), counted AS MATERIALIZED (
  SELECT p.*, c.*, coalesce((SELECT sum(count) FROM live), 0)::int AS rate_used,
    (coalesce((SELECT min(second) FROM live), c.second) + 61) * 1000.0::float8 - c.now_ms AS rate_reset_ms,
    (SELECT used FROM quota) AS quota_used, (SELECT held FROM key_month) AS key_held,
    (SELECT held FROM account_month) AS account_held, EXISTS (SELECT FROM rate) AS has_rate
  FROM allowed p, clock c
), judged AS MATERIALIZED (
  SELECT counted.*,
    (SELECT min(second) + 61 FROM live WHERE running > rate_used - rate_limit) * 1000.0::float8 - now_ms AS rate_retry_ms,
    CASE
      WHEN NOT has_rate OR (plan = 'trial' AND quota_used IS NULL)
        OR (budgeted AND (account_held IS NULL OR (key_id IS NOT NULL AND key_held IS NULL))) THEN 'unprepared'
      WHEN rate_used >= rate_limit THEN 'rate_limited'
      WHEN plan = 'trial' AND quota_used >= ${call.limits.trialRequestsPerDay}::int THEN 'daily_quota_exceeded'
      WHEN key_held + ${call.reserveNanoUsd}::bigint > key_budget
        OR account_held + ${call.reserveNanoUsd}::bigint > account_budget THEN 'budget_exceeded'
      ELSE 'admitted'
    END AS verdict
  FROM counted
)`;
}
