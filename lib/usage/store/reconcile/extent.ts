import type { Db } from "#lib/db/client.ts";

/** What there is to compare, in whole days of UTC. */
export interface Extent {
  from: Date;
  to: Date;
  /** The first day of the first month that has a budget's sum: a month is compared whole, with few of its days filled. */
  monthsFrom: Date;
  /** Since when single requests are kept; null for ever. */
  keptFrom: Date | null;
}

/** From where to where there is anything to compare; null while there is nothing. */
export async function getExtent(db: Db): Promise<Extent | null> {
  const [row] = await db.$queryRaw<(Omit<Extent, "from"> & { from: Date | null })[]>`
    WITH first AS (
      SELECT date_trunc('day', least((SELECT min(quarter) FROM usage_quarters), (SELECT min(starts_at) FROM usage_blocks),
          (SELECT min(created_at) FROM requests), (SELECT min(day) FROM daily_quotas)::timestamp AT TIME ZONE 'UTC',
          (SELECT now() FROM budget_months LIMIT 1)), 'UTC') AS at
    )
    SELECT first.at AS "from",
      date_trunc('day', greatest(now(), (SELECT max(quarter) FROM usage_quarters)), 'UTC') + interval '1 day' AS "to",
      least(first.at, (SELECT min(month) FROM budget_months)::timestamp AT TIME ZONE 'UTC') AS "monthsFrom",
      (SELECT max(kept_from) FROM request_log_state) AS "keptFrom"
    FROM first`;
  return row?.from ? { ...row, from: row.from } : null;
}
