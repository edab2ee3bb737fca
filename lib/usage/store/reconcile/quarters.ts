import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import {
  latencyColumns,
  mergedLatencySql,
  quarterColumns,
  quarterKeySql,
  quarterSumsSql,
} from "../quarter-sql.ts";
import { isWithin, type Span } from "./span.ts";

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

export interface QuarterComparison {
  rows: UsageSums;
  rollUps: UsageSums;
  /** The first 1,000. */
  differences: QuarterDifference[];
}

/**
 * Compares the roll-ups by quarter of an hour, histograms of latencies included, with the requests of a span whose rows are still kept.
 * One moment is looked at, so traffic that runs meanwhile is no difference.
 */
export async function compareQuarters(db: Db, span: Span): Promise<QuarterComparison> {
  const found = await db.$queryRaw<QuarterRow[]>(quartersSql(span));
  const total = found.find((row) => row.accountId === null);
  return {
    rows: toSums(total?.rows ?? []),
    rollUps: toSums(total?.rollUp ?? []),
    differences: found.flatMap(({ accountId, quarterMs, rows, rollUp, ...row }) =>
      accountId === null
        ? []
        : [{ ...row, accountId, quarter: new Date(quarterMs), rows: toSums(rows), rollUp: toSums(rollUp) }],
    ),
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

/** Older requests are dropped, by and by. */
const keptFromSql = Prisma.sql`SELECT coalesce(max(kept_from), '-infinity') FROM request_log_state`;

function quartersSql(span: Span): Prisma.Sql {
  const keySql = Prisma.sql`account_id, quarter, subject, model, tag, status, error_code`;
  const named = Prisma.raw(`(${quarterColumns})`);
  return Prisma.sql`
    WITH added${named} AS (
      SELECT ${Prisma.raw(quarterKeySql)}, ${Prisma.raw(quarterSumsSql)}
      FROM requests WHERE status <> 'reserved' AND ${isWithin(span, "created_at")} AND created_at >= (${keptFromSql})
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
    ), counted(account_id, quarter, subject, model, tag, status, error_code, sums, first_token, total) AS (
      SELECT ${keySql}, ${sumsSql} FROM added
    ), stored(account_id, quarter, subject, model, tag, status, error_code, sums, first_token, total) AS (
      SELECT ${keySql}, ${sumsSql} FROM usage_quarters WHERE ${isWithin(span, "quarter")} AND quarter >= (${keptFromSql})
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
