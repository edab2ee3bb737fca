import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

export interface UsageSums {
  requests: bigint;
  failures: bigint;
  promptTokens: bigint;
  cachedTokens: bigint;
  completionTokens: bigint;
  reasoningTokens: bigint;
  costNanoUsd: bigint;
}

/** An hour whose roll-up is not the sum of its requests. */
export interface HourDifference {
  accountId: string;
  hour: Date;
  subject: string;
  model: string;
  rows: UsageSums;
  rollUp: UsageSums;
}

/** A month whose spend or reservation is not the sum of the holder's requests, in nano-USD. */
export interface MonthDifference {
  holderId: string;
  /** `YYYY-MM-DD`, its first day in UTC. */
  month: string;
  rows: { spentNanoUsd: bigint; reservedNanoUsd: bigint };
  stored: { spentNanoUsd: bigint; reservedNanoUsd: bigint };
}

export interface Reconciliation {
  agrees: boolean;
  rows: UsageSums;
  rollUps: UsageSums;
  /** The first 1,000. */
  hours: HourDifference[];
  /** The first 1,000. */
  months: MonthDifference[];
}

/**
 * Proves that what dashboards and budgets read is the sum of the requests: the roll-ups by hour, subject and model, spend
 * and reservations by holder and month; of one account, or of all. Each comparison sees one moment, so traffic that runs
 * meanwhile is no difference.
 */
export async function reconcile(db: Db, accountId?: string): Promise<Reconciliation> {
  const [hourRows, monthRows] = await Promise.all([
    db.$queryRaw<HourRow[]>(hoursSql(accountId)),
    db.$queryRaw<MonthRow[]>(monthsSql(accountId)),
  ]);
  const total = hourRows.find((row) => row.accountId === null);
  const hours = hourRows.flatMap(({ accountId: owner, hourMs, subject, model, rows, rollUp }) =>
    owner === null
      ? []
      : [
          {
            accountId: owner,
            hour: new Date(hourMs),
            subject,
            model,
            rows: toSums(rows),
            rollUp: toSums(rollUp),
          },
        ],
  );
  const months = monthRows.map((row) => ({
    holderId: row.holderId,
    month: row.month,
    rows: { spentNanoUsd: row.rowsSpent, reservedNanoUsd: row.rowsReserved },
    stored: { spentNanoUsd: row.storedSpent, reservedNanoUsd: row.storedReserved },
  }));
  return {
    agrees: hours.length === 0 && months.length === 0,
    rows: toSums(total?.rows ?? []),
    rollUps: toSums(total?.rollUp ?? []),
    hours,
    months,
  };
}

interface HourRow {
  /** Null on the row of the totals. */
  accountId: string | null;
  hourMs: number;
  subject: string;
  model: string;
  rows: bigint[];
  rollUp: bigint[];
}

interface MonthRow {
  holderId: string;
  month: string;
  rowsSpent: bigint;
  rowsReserved: bigint;
  storedSpent: bigint;
  storedReserved: bigint;
}

function toSums([requests, failures, prompt, cached, completion, reasoning, cost]: bigint[]): UsageSums {
  return {
    requests: requests ?? 0n,
    failures: failures ?? 0n,
    promptTokens: prompt ?? 0n,
    cachedTokens: cached ?? 0n,
    completionTokens: completion ?? 0n,
    reasoningTokens: reasoning ?? 0n,
    costNanoUsd: cost ?? 0n,
  };
}

function isOwned(column: Prisma.Sql, accountId: string | undefined): Prisma.Sql {
  return accountId === undefined ? Prisma.sql`true` : Prisma.sql`${column} = ${accountId}`;
}

function sumOfArrays(column: Prisma.Sql): Prisma.Sql {
  const sums = [1, 2, 3, 4, 5, 6, 7].map((place) => Prisma.sql`coalesce(sum(${column}[${place}::int]), 0)`);
  return Prisma.sql`ARRAY[${Prisma.join(sums)}]::bigint[]`;
}

function hoursSql(accountId: string | undefined): Prisma.Sql {
  return Prisma.sql`
    WITH counted AS (
      SELECT account_id, date_trunc('hour', created_at, 'UTC') AS hour, coalesce(key_id, 'chat') AS subject, model, tag,
        ARRAY[count(*), count(*) FILTER (WHERE status <> 'succeeded'), sum(prompt_tokens), sum(cached_tokens),
          sum(completion_tokens), sum(reasoning_tokens), sum(cost_nano_usd)]::bigint[] AS sums
      FROM requests WHERE status <> 'reserved' AND ${isOwned(Prisma.sql`account_id`, accountId)}
      GROUP BY 1, 2, 3, 4, 5
    ), stored AS (
      SELECT account_id, hour, subject, model, tag, ARRAY[requests, failures, prompt_tokens, cached_tokens,
        completion_tokens, reasoning_tokens, cost_nano_usd]::bigint[] AS sums
      FROM usage_hours WHERE ${isOwned(Prisma.sql`account_id`, accountId)}
    ), compared AS (
      SELECT account_id, hour, subject, model, tag, coalesce(counted.sums, '{0,0,0,0,0,0,0}') AS rows,
        coalesce(stored.sums, '{0,0,0,0,0,0,0}') AS roll_up
      FROM counted FULL JOIN stored USING (account_id, hour, subject, model, tag)
    ), different AS (
      SELECT * FROM compared WHERE rows <> roll_up ORDER BY hour, account_id, subject, model, tag LIMIT 1000
    )
    SELECT NULL AS "accountId", 0::float8 AS "hourMs", '' AS subject, '' AS model,
      ${sumOfArrays(Prisma.sql`rows`)} AS rows, ${sumOfArrays(Prisma.sql`roll_up`)} AS "rollUp"
    FROM compared
    UNION ALL
    SELECT account_id, extract(epoch FROM hour)::float8 * 1000, subject, model, rows, roll_up FROM different`;
}

/** Reservations of running requests count for the month in which they were admitted. */
function monthsSql(accountId: string | undefined): Prisma.Sql {
  return Prisma.sql`
    WITH counted AS (
      SELECT holder.id AS holder_id, date_trunc('month', created_at AT TIME ZONE 'UTC')::date AS month,
        sum(cost_nano_usd)::bigint AS spent,
        coalesce(sum(reserved_nano_usd) FILTER (WHERE status = 'reserved'), 0)::bigint AS reserved
      FROM requests LEFT JOIN (SELECT id AS line_key_id, first_key_id FROM keys) AS line ON line_key_id = key_id,
        LATERAL (VALUES (coalesce(first_key_id, key_id)), (account_id)) AS holder(id)
      WHERE holder.id IS NOT NULL AND ${isOwned(Prisma.sql`account_id`, accountId)}
      GROUP BY 1, 2
    ), stored AS (
      SELECT holder_id, month, spent_nano_usd AS spent, reserved_nano_usd AS reserved
      FROM budget_months
      WHERE holder_id IN (SELECT id FROM accounts WHERE ${isOwned(Prisma.sql`id`, accountId)}
        UNION ALL SELECT id FROM keys WHERE ${isOwned(Prisma.sql`account_id`, accountId)})
    )
    SELECT holder_id AS "holderId", month::text AS month, coalesce(counted.spent, 0) AS "rowsSpent",
      coalesce(counted.reserved, 0) AS "rowsReserved", coalesce(stored.spent, 0) AS "storedSpent",
      coalesce(stored.reserved, 0) AS "storedReserved"
    FROM counted FULL JOIN stored USING (holder_id, month)
    WHERE (coalesce(counted.spent, 0), coalesce(counted.reserved, 0))
      <> (coalesce(stored.spent, 0), coalesce(stored.reserved, 0))
    ORDER BY 2, 1 LIMIT 1000`;
}
