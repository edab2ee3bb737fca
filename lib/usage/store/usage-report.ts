import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { Bucket, FilledBucket, UsageGroup, UsageResult } from "../usage-buckets.ts";

/**
 * The account's usage in buckets that follow each other without a gap, from the roll-ups; the dearest results first. Null when
 * there are more than `maxResults`.
 */
export async function reportUsage(
  db: Db,
  accountId: string,
  {
    buckets,
    groupBy,
    maxResults,
  }: { buckets: readonly Bucket[]; groupBy: readonly UsageGroup[]; maxResults: number },
): Promise<FilledBucket[] | null> {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return [];
  const starts = buckets.map(({ start }) => start.toISOString());
  const by = (group: UsageGroup, column: Prisma.Sql) =>
    groupBy.includes(group) ? column : Prisma.sql`NULL::text`;
  const rows = await db.$queryRaw<(UsageResult & { place: number })[]>`
    SELECT width_bucket(quarter, ${starts}::text[]::timestamptz[])::int AS place,
      ${by("model", Prisma.sql`model`)} AS model,
      ${by("key", Prisma.sql`CASE WHEN source = 'api' THEN subject END`)} AS "keyId",
      ${by("source", Prisma.sql`source::text`)} AS source, ${by("tag", Prisma.sql`tag`)} AS tag,
      sum(requests)::bigint AS requests, coalesce(sum(requests) FILTER (WHERE status <> 'succeeded'), 0)::bigint AS failures,
      sum(prompt_tokens)::bigint AS "promptTokens", sum(cached_tokens)::bigint AS "cachedTokens",
      sum(completion_tokens)::bigint AS "completionTokens", sum(reasoning_tokens)::bigint AS "reasoningTokens",
      sum(cost_nano_usd)::bigint AS "costNanoUsd"
    FROM usage_quarters
    WHERE account_id = ${accountId} AND quarter >= ${first.start.toISOString()}::timestamptz
      AND quarter < ${last.end.toISOString()}::timestamptz
    GROUP BY 1, 2, 3, 4, 5
    ORDER BY 1, sum(cost_nano_usd) DESC, 2, 3, 4, 5
    LIMIT ${maxResults + 1}::int`;
  if (rows.length > maxResults) return null;
  const byPlace = Map.groupBy(rows, (row) => row.place);
  return buckets.map((bucket, index) => ({
    ...bucket,
    results: (byPlace.get(index + 1) ?? []).map(({ place: _, ...result }) => result),
  }));
}
