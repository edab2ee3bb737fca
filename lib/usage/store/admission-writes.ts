import { Prisma } from "#lib/db/generated/client.ts";
import type { Call } from "../admission.ts";

/** Empty counters for a call that met `unprepared`. */
export const prepareSql = Prisma.sql`prepared_rate AS (
  INSERT INTO rate_windows (subject, seconds, counts)
  SELECT subject, '{}', '{}' FROM judged WHERE verdict = 'unprepared'
  ON CONFLICT DO NOTHING RETURNING 1
), prepared_quota AS (
  INSERT INTO daily_quotas (account_id, day, used)
  SELECT account_id, day, 0 FROM (SELECT count(*) FROM prepared_rate) AS after_rate, judged
  WHERE verdict = 'unprepared' AND plan = 'trial'
  ON CONFLICT DO NOTHING RETURNING 1
), prepared_months AS (
  INSERT INTO budget_months (holder_id, month)
  SELECT holder.id, month FROM (SELECT count(*) FROM prepared_quota) AS after_quota, judged,
    LATERAL (VALUES (1, key_holder), (2, account_id)) AS holder(rank, id)
  WHERE verdict = 'unprepared' AND budgeted AND holder.id IS NOT NULL
  ORDER BY holder.rank
  ON CONFLICT DO NOTHING
)`;

/**
 * What an admitted call takes from its counters.
 *
 * A key made by rotation ends the one it replaces when it is used. Its own row is locked first and must still be in force then, so
 * that whatever happens to either meanwhile, one of the two works.
 */
export function consumeSql({ reserveNanoUsd, requestId }: Call): Prisma.Sql {
  return Prisma.sql`consumed_rate AS (
  UPDATE rate_windows w SET seconds = next.seconds, counts = next.counts
  FROM judged, (
    SELECT array_agg(second ORDER BY second) AS seconds, array_agg(count ORDER BY second) AS counts
    FROM (
      SELECT second, sum(count)::int AS count
      FROM (SELECT second, count FROM live UNION ALL SELECT second, 1 FROM clock) AS each_second
      GROUP BY second
    ) AS buckets
  ) AS next
  WHERE verdict = 'admitted' AND w.subject = judged.subject
), consumed_quota AS (
  UPDATE daily_quotas q SET used = q.used + 1
  FROM judged
  WHERE verdict = 'admitted' AND plan = 'trial' AND q.account_id = judged.account_id AND q.day = judged.day
), consumed_months AS (
  UPDATE budget_months b SET reserved_nano_usd = b.reserved_nano_usd + ${reserveNanoUsd}::bigint
  FROM judged
  WHERE verdict = 'admitted' AND budgeted AND b.month = judged.month
    AND b.holder_id IN (judged.key_holder, judged.account_id)
), used_key AS (
  UPDATE keys k SET last_used_at = judged.now
  FROM judged
  WHERE verdict = 'admitted' AND k.id = judged.key_id AND k.revoked_at IS NULL
    AND (k.last_used_at IS NULL OR k.last_used_at < judged.now - interval '1 minute')
  RETURNING k.replaces_key_id
), replaced_key AS (
  UPDATE keys old SET revoked_at = judged.now
  FROM used_key, judged
  WHERE old.id = used_key.replaces_key_id AND old.revoked_at IS NULL
  RETURNING old.id, old.account_id, old.revoked_at
), noted AS (
  INSERT INTO audit_events (id, account_id, action, target_id, created_at)
  SELECT 'aud_' || substr(${requestId}::text, 5), account_id, 'key.replaced', id, revoked_at FROM replaced_key
)`;
}
