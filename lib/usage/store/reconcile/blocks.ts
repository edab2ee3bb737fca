import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { blockLevels, blockStart, blockSumsSql } from "../blocks.ts";
import { summedColumns } from "../quarter-sql.ts";

/** A block that is not the sum of its quarters. */
export interface BlockDifference {
  level: string;
  /** Empty for those of the whole installation. */
  accountId: string;
  startsAt: Date;
  /** Nano-USD; the other columns may differ too. */
  quartersNanoUsd: bigint;
  blockNanoUsd: bigint;
}

interface Span {
  from: Date;
  to: Date;
}

/**
 * Compares the blocks that begin within a span of whole days with their quarters, as far as blocks reach. Gives the first 1,000 that
 * differ.
 */
export async function compareBlocks(db: Db, span: Span): Promise<BlockDifference[]> {
  const found: BlockDifference[] = [];
  for (const level of blockLevels) {
    const whole = wholeBlocks(level, span);
    if (whole) found.push(...(await db.$queryRaw<BlockDifference[]>(levelSql(level, whole))));
    if (found.length >= 1000) break;
  }
  return found.slice(0, 1000);
}

/** The time of the blocks that begin within a span, which may end after it; null where none does. */
function wholeBlocks(level: (typeof blockLevels)[number], { from, to }: Span): Span | null {
  const after = (time: Date) => blockStart(level, new Date(time.getTime() + level.lengthMs - 1));
  const whole = { from: after(from), to: after(to) };
  return whole.from < whole.to ? whole : null;
}

const sums = ["failures", ...summedColumns];
const key = "account_id, starts_at, subject, model, tag, source, status, error_code";

/** Histograms of latencies are left out: they are never made without the sums. */
function levelSql(level: (typeof blockLevels)[number], { from, to }: Span): Prisma.Sql {
  const sumsOf = (table: string) => sums.map((column) => `coalesce(${table}.${column}, 0)`).join(", ");
  const bounds = Prisma.sql`${from}::timestamptz AND starts_at < least(${to}::timestamptz, (SELECT until FROM usage_blocks_state))`;
  const length = Prisma.sql`${level.lengthMs}::float8 * interval '1 millisecond'`;
  return Prisma.sql`
    WITH counted AS (
      SELECT * FROM (${Prisma.raw(blockSumsSql(level))}
        WHERE quarter >= ${from}::timestamptz AND quarter < ${to}::timestamptz
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) AS all_of
      WHERE starts_at + ${length} <= (SELECT until FROM usage_blocks_state)
    ), stored AS (
      SELECT ${Prisma.raw(`${key}, ${sums.join(", ")}`)} FROM usage_blocks
      WHERE level = ${level.name} AND starts_at >= ${bounds} AND starts_at + ${length} <= (SELECT until FROM usage_blocks_state)
    )
    SELECT ${level.name} AS level, account_id AS "accountId", starts_at AS "startsAt",
      coalesce(counted.cost_nano_usd, 0)::bigint AS "quartersNanoUsd", coalesce(stored.cost_nano_usd, 0)::bigint AS "blockNanoUsd"
    FROM counted FULL JOIN stored USING (${Prisma.raw(key)})
    WHERE (${Prisma.raw(sumsOf("counted"))}) IS DISTINCT FROM (${Prisma.raw(sumsOf("stored"))})
    ORDER BY 3, 2 LIMIT 1000`;
}
