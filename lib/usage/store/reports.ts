import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { PlanLimits } from "../admission.ts";
import { listLocalDays } from "../local-days.ts";
import { type DaySpend, type QuotaToday, sumUsage, type UsageRow, type UsageTotals } from "../reports.ts";

const DAY_MS = 86_400_000;
const sumsSql = Prisma.sql`sum(requests)::int AS requests, coalesce(sum(requests) FILTER (WHERE status <> 'succeeded'), 0)::int AS failures,
  sum(prompt_tokens)::float8 AS "promptTokens", sum(cached_tokens)::float8 AS "cachedTokens",
  sum(completion_tokens)::float8 AS "completionTokens", sum(reasoning_tokens)::float8 AS "reasoningTokens",
  sum(cost_nano_usd)::bigint AS "costNanoUsd"`;

/** The account's free requests of this UTC day; null when its plan has no daily quota. */
export async function getQuotaToday(
  db: Db,
  accountId: string,
  limits: PlanLimits,
  now: Date,
): Promise<QuotaToday | null> {
  const day = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  const account = await db.account.findUnique({
    where: { id: accountId },
    select: { plan: true, dailyQuotas: { where: { day }, select: { used: true } } },
  });
  if (account?.plan !== "trial") return null;
  const limit = limits.trialRequestsPerDay;
  const used = account.dailyQuotas[0]?.used ?? 0;
  return {
    plan: account.plan,
    limit,
    used,
    remaining: Math.max(0, limit - used),
    resetsAt: new Date(day.getTime() + DAY_MS),
  };
}

/**
 * Usage by day of the viewer's zone, oldest first, days without usage included: every whole day from the one that
 * contains `from` to the one that contains `to`. Read from the roll-ups.
 * @throws RangeError when the zone is unknown (see `isTimeZone`).
 */
export async function listSpendByDay(
  db: Db,
  accountId: string,
  { from, to, timeZone }: { from: Date; to: Date; timeZone: string },
): Promise<DaySpend[]> {
  const { days, endsAt } = listLocalDays(from, to, timeZone);
  const starts = days.map(({ startsAt }) => startsAt.toISOString());
  const rows = await db.$queryRaw<(UsageRow & { place: number })[]>`
    SELECT width_bucket(quarter, ${starts}::text[]::timestamptz[])::int AS place, source::text AS source, ${sumsSql}
    FROM usage_quarters
    WHERE account_id = ${accountId} AND quarter >= ${starts[0] ?? endsAt.toISOString()}::timestamptz
      AND quarter < ${endsAt.toISOString()}::timestamptz
    GROUP BY 1, 2`;
  const byPlace = Map.groupBy(rows, (row) => row.place);
  return days.map(({ day }, index) => ({ day, ...sumUsage(byPlace.get(index + 1) ?? []) }));
}

/**
 * Usage of the UTC hours that begin in [from, to), from the roll-ups; given a time zone, of the same whole days as
 * `listSpendByDay`.
 * @throws RangeError when the zone is unknown.
 */
export async function getTotals(
  db: Db,
  accountId: string,
  range: { from: Date; to: Date; timeZone?: string },
): Promise<UsageTotals> {
  const { from, to } = toInstants(range);
  const rows = await db.$queryRaw<UsageRow[]>`
    SELECT source::text AS source, ${sumsSql}
    FROM usage_quarters
    WHERE account_id = ${accountId} AND quarter >= ${from.toISOString()}::timestamptz
      AND quarter < ${to.toISOString()}::timestamptz
    GROUP BY 1`;
  return sumUsage(rows);
}

function toInstants({ from, to, timeZone }: { from: Date; to: Date; timeZone?: string }): {
  from: Date;
  to: Date;
} {
  if (timeZone === undefined) return { from, to };
  const { days, endsAt } = listLocalDays(from, to, timeZone);
  return { from: days[0]?.startsAt ?? endsAt, to: endsAt };
}
