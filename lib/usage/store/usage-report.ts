import type { Db } from "#lib/db/client.ts";
import type { Bucket, FilledBucket, UsageGroup, UsageResult } from "../usage-buckets.ts";
import { readUsage, sumBuckets } from "./usage-sums.ts";

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
  const last = buckets.at(-1);
  if (!last) return [];
  const edges = [...buckets.map(({ start }) => start), last.end];
  const sums = await readUsage(db, { kind: "account", accountId }, {}, (reader) =>
    sumBuckets(reader, edges, groupBy),
  );
  if (sums.length > maxResults) return null;
  const byPlace = Map.groupBy(sums, ({ place }) => place);
  return buckets.map((bucket, place) => ({
    ...bucket,
    results: (byPlace.get(place) ?? [])
      .map(({ place: _, values, estimated: __, savedNanoUsd: ___, ...figures }) => ({
        ...figures,
        ...valuesOf(groupBy, values),
      }))
      .toSorted(byCost),
  }));
}

type Values = Pick<UsageResult, "model" | "keyId" | "source" | "tag">;

function valuesOf(groupBy: readonly UsageGroup[], values: readonly string[]): Values {
  const of = (group: UsageGroup) => values[groupBy.indexOf(group)] ?? null;
  const key = of("key");
  const source = of("source");
  return {
    model: of("model"),
    keyId: key === "chat" ? null : key,
    source: source === "api" || source === "chat" ? source : null,
    tag: of("tag"),
  };
}

function byCost(a: UsageResult, b: UsageResult): number {
  if (a.costNanoUsd !== b.costNanoUsd) return a.costNanoUsd < b.costNanoUsd ? 1 : -1;
  const names = ({ model, keyId, source, tag }: UsageResult) => [model, keyId, source, tag].join(" ");
  return names(a) < names(b) ? -1 : 1;
}
