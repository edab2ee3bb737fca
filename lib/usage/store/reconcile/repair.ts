import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { quarterColumns, quarterKeySql, quarterSumsSql } from "../quarter-sql.ts";
import { monthsSql, quotasSql } from "./counters.ts";
import type { QuarterDifference } from "./quarters.ts";
import type { Span } from "./span.ts";

type Tx = Prisma.TransactionClient;

/** Traffic waits no longer for a repair to get its locks; the repair is then to be tried again. */
const lockTimeout = "5s";
const timeoutMs = 120_000;

/**
 * Runs a repair while nothing else moves the table. Tables are locked in the order in which admissions and settlements take them: quotas,
 * quarters, months.
 */
async function whileNobodyMoves(db: Db, lockSql: string, work: (tx: Tx) => Promise<number>): Promise<number> {
  return db.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe(`SET LOCAL lock_timeout = '${lockTimeout}'`);
      await tx.$executeRawUnsafe(lockSql);
      return work(tx);
    },
    { timeout: timeoutMs, maxWait: timeoutMs },
  );
}

/** Makes the roll-ups of the quarters and accounts that differ anew from their requests, and has their blocks made anew. Gives how many. */
export async function repairQuarters(db: Db, differences: readonly QuarterDifference[]): Promise<number> {
  if (differences.length === 0) return 0;
  const pairs = new Map(differences.map((each) => [`${each.accountId} ${each.quarter.getTime()}`, each]));
  const accountIds = [...pairs.values()].map(({ accountId }) => accountId);
  const quarters = [...pairs.values()].map(({ quarter }) => quarter);
  const broken = Prisma.sql`unnest(${accountIds}::text[], ${quarters}::timestamptz[]) AS broken(account, at)`;
  return whileNobodyMoves(db, "LOCK TABLE usage_quarters IN SHARE ROW EXCLUSIVE MODE", async (tx) => {
    await tx.$executeRaw`
      DELETE FROM usage_quarters USING ${broken} WHERE account_id = broken.account AND quarter = broken.at`;
    await tx.$executeRaw`
      INSERT INTO usage_quarters (${Prisma.raw(quarterColumns)})
      SELECT ${Prisma.raw(quarterKeySql)}, ${Prisma.raw(quarterSumsSql)}
      FROM ${broken} JOIN requests ON account_id = broken.account
        AND created_at >= broken.at AND created_at < broken.at + interval '15 minutes'
      WHERE status <> 'reserved'
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`;
    const first = new Date(Math.min(...quarters.map((quarter) => quarter.getTime())));
    await reopenBlocks(tx, first);
    return pairs.size;
  });
}

/** Has blocks from a moment on made anew by the job that makes them; until then quarters are read instead. */
export async function reopenBlocks(db: Db | Tx, from: Date): Promise<void> {
  const day = new Date(`${from.toISOString().slice(0, 10)}T00:00:00Z`);
  await db.$executeRaw`UPDATE usage_blocks_state SET until = least(until, ${day}::timestamptz)`;
}

/** Sets what budgets count of whole months to what the requests add up to. Gives how many counters. */
export async function repairMonths(db: Db, span: Span): Promise<number> {
  return whileNobodyMoves(
    db,
    "LOCK TABLE budget_months IN EXCLUSIVE MODE",
    (tx) =>
      tx.$executeRaw`
      INSERT INTO budget_months (holder_id, month, spent_nano_usd, reserved_nano_usd)
      SELECT "holderId", month::date, "rowsSpent", "rowsReserved" FROM (${monthsSql(span)}) AS different
      ON CONFLICT (holder_id, month) DO UPDATE SET
        spent_nano_usd = excluded.spent_nano_usd, reserved_nano_usd = excluded.reserved_nano_usd`,
  );
}

/** Sets daily quotas to the requests there are. Gives how many. */
export async function repairQuotas(db: Db, span: Span): Promise<number> {
  return whileNobodyMoves(
    db,
    "LOCK TABLE daily_quotas IN EXCLUSIVE MODE",
    (tx) =>
      tx.$executeRaw`
      INSERT INTO daily_quotas (account_id, day, used)
      SELECT "accountId", day::date, rows FROM (${quotasSql(span)}) AS different
      ON CONFLICT (account_id, day) DO UPDATE SET used = excluded.used`,
  );
}
