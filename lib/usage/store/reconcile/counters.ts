import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { isWithin, type Span } from "./span.ts";

/** A month whose spend or reservation is not the sum of the holder's requests, in nano-USD. */
export interface MonthDifference {
  holderId: string;
  /** `YYYY-MM-DD`, its first day in UTC. */
  month: string;
  rows: { spentNanoUsd: bigint; reservedNanoUsd: bigint };
  stored: { spentNanoUsd: bigint; reservedNanoUsd: bigint };
}

interface MonthRow {
  holderId: string;
  month: string;
  rowsSpent: bigint;
  rowsReserved: bigint;
  storedSpent: bigint;
  storedReserved: bigint;
}

/**
 * Compares what budgets count of whole months with the requests, where those were dropped with the quarters that outlast them. Gives the
 * first 1,000 that differ.
 */
export async function compareMonths(db: Db, span: Span): Promise<MonthDifference[]> {
  const found = await db.$queryRaw<MonthRow[]>(Prisma.sql`${monthsSql(span)} ORDER BY 2, 1 LIMIT 1000`);
  return found.map((row) => ({
    holderId: row.holderId,
    month: row.month,
    rows: { spentNanoUsd: row.rowsSpent, reservedNanoUsd: row.rowsReserved },
    stored: { spentNanoUsd: row.storedSpent, reservedNanoUsd: row.storedReserved },
  }));
}

/** The months that differ: `"holderId"`, `month`, and what both sides say. */
export function monthsSql(span: Span): Prisma.Sql {
  const ofAccounts =
    span.accountId === undefined ? Prisma.sql`true` : Prisma.sql`account_id = ${span.accountId}`;
  const months = isWithin({ from: span.from, to: span.to }, "month");
  return Prisma.sql`
    WITH lines AS (SELECT id AS line_key_id, coalesce(first_key_id, id) AS line_id FROM keys),
    kept AS (SELECT coalesce(max(kept_from), '-infinity') AS since FROM request_log_state),
    moved AS (
      SELECT account_id, line_id, quarter AS at, cost_nano_usd AS spent, 0 AS reserved
      FROM kept, usage_quarters LEFT JOIN lines ON line_key_id = subject
      WHERE ${isWithin(span, "quarter")} AND quarter < since
      UNION ALL
      SELECT account_id, line_id, created_at, cost_nano_usd, CASE WHEN status = 'reserved' THEN reserved_nano_usd ELSE 0 END
      FROM kept, requests LEFT JOIN lines ON line_key_id = key_id
      WHERE ${isWithin(span, "created_at")} AND (created_at >= since OR status = 'reserved')
    ), counted AS (
      SELECT holder.id AS holder_id, date_trunc('month', at AT TIME ZONE 'UTC')::date AS month,
        sum(spent)::bigint AS spent, sum(reserved)::bigint AS reserved
      FROM moved, LATERAL (VALUES (line_id), (account_id)) AS holder(id)
      WHERE holder.id IS NOT NULL
      GROUP BY 1, 2
    ), stored AS (
      SELECT holder_id, month, spent_nano_usd AS spent, reserved_nano_usd AS reserved
      FROM budget_months
      WHERE ${months} AND holder_id IN (SELECT id FROM (SELECT id, id AS account_id FROM accounts
        UNION ALL SELECT id, account_id FROM keys) AS holders WHERE ${ofAccounts})
    )
    SELECT holder_id AS "holderId", month::text AS month, coalesce(counted.spent, 0) AS "rowsSpent",
      coalesce(counted.reserved, 0) AS "rowsReserved", coalesce(stored.spent, 0) AS "storedSpent",
      coalesce(stored.reserved, 0) AS "storedReserved"
    FROM counted FULL JOIN stored USING (holder_id, month)
    WHERE (coalesce(counted.spent, 0), coalesce(counted.reserved, 0))
      <> (coalesce(stored.spent, 0), coalesce(stored.reserved, 0))`;
}

/** A day on which a quota counts other than the account's requests. */
export interface QuotaDifference {
  accountId: string;
  /** `YYYY-MM-DD`, in UTC. */
  day: string;
  rows: number;
  stored: number;
}

/** Compares daily quotas with the requests of days that are still kept whole. Gives the first 1,000 that differ. */
export async function compareQuotas(db: Db, span: Span): Promise<QuotaDifference[]> {
  return await db.$queryRaw<QuotaDifference[]>(Prisma.sql`${quotasSql(span)} ORDER BY 2, 1 LIMIT 1000`);
}

/**
 * The days that differ: `"accountId"`, `day`, `rows`, `stored`. A quota is exact on days that the account was on the trial plan throughout;
 * of others nobody knows which requests counted, but never more did than there were.
 */
export function quotasSql(span: Span): Prisma.Sql {
  return Prisma.sql`
    WITH kept AS (SELECT coalesce(max(kept_from), '-infinity') AS since FROM request_log_state),
    counted AS (
      SELECT account_id, (created_at AT TIME ZONE 'UTC')::date AS day, count(*)::int AS used
      FROM requests, kept WHERE ${isWithin(span, "created_at")} AND created_at >= since GROUP BY 1, 2
    ), stored AS (
      SELECT account_id, day, used FROM daily_quotas, kept WHERE ${isWithin(span, "day")} AND day >= since
    ), compared AS (
      SELECT account_id, day, coalesce(counted.used, 0) AS rows, coalesce(stored.used, 0) AS stored
      FROM counted FULL JOIN stored USING (account_id, day)
    )
    SELECT account_id AS "accountId", day::text AS day, rows, stored
    FROM compared JOIN accounts ON accounts.id = account_id, kept
    WHERE day >= since AND CASE
      WHEN plan = 'trial' AND (plan_changed_at IS NULL OR day > (plan_changed_at AT TIME ZONE 'UTC')::date)
        THEN stored <> rows
      ELSE stored > rows END`;
}
