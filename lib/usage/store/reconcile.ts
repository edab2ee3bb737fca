import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import {
  latencyColumns,
  mergedLatencySql,
  quarterColumns,
  quarterKeySql,
  quarterSumsSql,
} from "./quarter-sql.ts";

export interface UsageSums {
  requests: bigint;
  failures: bigint;
  estimated: bigint;
  promptTokens: bigint;
  cachedTokens: bigint;
  completionTokens: bigint;
  reasoningTokens: bigint;
  costNanoUsd: bigint;
  savedNanoUsd: bigint;
}

/** A quarter of an hour whose roll-up is not what its requests add up to. */
export interface QuarterDifference {
  accountId: string;
  quarter: Date;
  subject: string;
  model: string;
  tag: string;
  status: string;
  errorCode: string;
  rows: UsageSums;
  rollUp: UsageSums;
  /** Whether the histograms of latencies differ, perhaps they alone. */
  latencies: boolean;
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
  quarters: QuarterDifference[];
  /** The first 1,000. */
  months: MonthDifference[];
}

/**
 * Proves that what dashboards and budgets read is the sum of the requests: the roll-ups by quarter of an hour with their histograms of latencies, spend
 * and reservations by holder and month; of one account, or of all. Each comparison sees one moment, so traffic that runs
 * meanwhile is no difference.
 */
export async function reconcile(db: Db, accountId?: string): Promise<Reconciliation> {
  const [quarterRows, monthRows] = await Promise.all([
    db.$queryRaw<QuarterRow[]>(quartersSql(accountId)),
    db.$queryRaw<MonthRow[]>(monthsSql(accountId)),
  ]);
  const total = quarterRows.find((row) => row.accountId === null);
  const quarters = quarterRows.flatMap(({ accountId: owner, quarterMs, rows, rollUp, ...row }) =>
    owner === null
      ? []
      : [
          {
            ...row,
            accountId: owner,
            quarter: new Date(quarterMs),
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
    agrees: quarters.length === 0 && months.length === 0,
    rows: toSums(total?.rows ?? []),
    rollUps: toSums(total?.rollUp ?? []),
    quarters,
    months,
  };
}

interface QuarterRow {
  /** Null on the row of the totals. */
  accountId: string | null;
  quarterMs: number;
  subject: string;
  model: string;
  tag: string;
  status: string;
  errorCode: string;
  rows: bigint[];
  rollUp: bigint[];
  latencies: boolean;
}

interface MonthRow {
  holderId: string;
  month: string;
  rowsSpent: bigint;
  rowsReserved: bigint;
  storedSpent: bigint;
  storedReserved: bigint;
}

function toSums(sums: bigint[]): UsageSums {
  const at = (place: number) => sums[place] ?? 0n;
  return {
    requests: at(0),
    failures: at(1),
    estimated: at(2),
    promptTokens: at(3),
    cachedTokens: at(4),
    completionTokens: at(5),
    reasoningTokens: at(6),
    costNanoUsd: at(7),
    savedNanoUsd: at(8),
  };
}

function isOwned(column: Prisma.Sql, accountId: string | undefined): Prisma.Sql {
  return accountId === undefined ? Prisma.sql`true` : Prisma.sql`${column} = ${accountId}`;
}

/** In the order of `toSums`. */
const sumsSql =
  Prisma.raw(`ARRAY[requests, CASE WHEN status = 'succeeded' THEN 0 ELSE requests END, estimated, prompt_tokens,
  cached_tokens, completion_tokens, reasoning_tokens, cost_nano_usd, saved_nano_usd]::bigint[] AS sums,
  ${latencyColumns.map(mergedLatencySql).join(", ")}`);
const noSums = Prisma.raw(`'{${Array(9).fill(0).join(",")}}'::bigint[]`);

function sumOfArrays(column: Prisma.Sql): Prisma.Sql {
  const sums = Array.from(
    { length: 9 },
    (_, index) => Prisma.sql`coalesce(sum(${column}[${index + 1}::int]), 0)`,
  );
  return Prisma.sql`ARRAY[${Prisma.join(sums)}]::bigint[]`;
}

function quartersSql(accountId: string | undefined): Prisma.Sql {
  const keySql = Prisma.sql`account_id, quarter, subject, model, tag, status, error_code`;
  const named = Prisma.raw(`(${quarterColumns})`);
  return Prisma.sql`
    WITH added${named} AS (
      SELECT ${Prisma.raw(quarterKeySql)}, ${Prisma.raw(quarterSumsSql)}
      FROM requests WHERE status <> 'reserved' AND ${isOwned(Prisma.sql`account_id`, accountId)}
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
    ), counted(account_id, quarter, subject, model, tag, status, error_code, sums, first_token, total) AS (
      SELECT ${keySql}, ${sumsSql} FROM added
    ), stored(account_id, quarter, subject, model, tag, status, error_code, sums, first_token, total) AS (
      SELECT ${keySql}, ${sumsSql} FROM usage_quarters WHERE ${isOwned(Prisma.sql`account_id`, accountId)}
    ), compared AS (
      SELECT ${keySql}, coalesce(counted.sums, ${noSums}) AS rows, coalesce(stored.sums, ${noSums}) AS roll_up,
        coalesce(counted.first_token, '{}') <> coalesce(stored.first_token, '{}')
          OR coalesce(counted.total, '{}') <> coalesce(stored.total, '{}') AS latencies
      FROM counted FULL JOIN stored USING (account_id, quarter, subject, model, tag, status, error_code)
    ), different AS (
      SELECT * FROM compared WHERE rows <> roll_up OR latencies
      ORDER BY quarter, account_id, subject, model, tag, status, error_code LIMIT 1000
    )
    SELECT NULL AS "accountId", 0::float8 AS "quarterMs", '' AS subject, '' AS model, '' AS tag, '' AS status,
      '' AS "errorCode", ${sumOfArrays(Prisma.sql`rows`)} AS rows, ${sumOfArrays(Prisma.sql`roll_up`)} AS "rollUp",
      false AS latencies
    FROM compared
    UNION ALL
    SELECT account_id, extract(epoch FROM quarter)::float8 * 1000, subject, model, tag, status::text, error_code, rows, roll_up,
      latencies
    FROM different`;
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
