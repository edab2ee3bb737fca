import type { Db } from "#lib/db/client.ts";

/** From where to where there is anything to compare, in days of UTC; null while there is nothing. */
export async function getExtent(db: Db): Promise<{ from: Date; to: Date; keptFrom: Date | null } | null> {
  const [row] = await db.$queryRaw<{ from: Date | null; to: Date; keptFrom: Date | null }[]>`
    SELECT date_trunc('day', least((SELECT min(quarter) FROM usage_quarters), (SELECT min(starts_at) FROM usage_blocks),
        (SELECT min(created_at) FROM requests), (SELECT min(month) FROM budget_months)::timestamptz), 'UTC') AS "from",
      date_trunc('day', greatest(now(), (SELECT max(quarter) FROM usage_quarters)), 'UTC') + interval '1 day' AS "to",
      (SELECT max(kept_from) FROM request_log_state) AS "keptFrom"`;
  return row?.from ? { from: row.from, to: row.to, keptFrom: row.keptFrom } : null;
}
