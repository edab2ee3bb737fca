import type { Db } from "#lib/db/client.ts";
import type { LogHistogram } from "../log-histogram.ts";
import type { SettledStatus } from "../settlement.ts";
import { settledStatuses } from "../settlement.ts";
import type { UsageScope } from "../usage-filter.ts";
import type { UsageQuestion } from "../usage-question.ts";
import { bucketEdges, widthFor } from "../zoned-buckets.ts";
import { readUsage, sumBuckets } from "./usage-sums.ts";

/** How many requests of a range and a filter ended how, over time; from the roll-ups. */
export async function getLogHistogram(
  db: Db,
  scope: UsageScope,
  { range, filter, timeZone }: UsageQuestion,
): Promise<LogHistogram> {
  const width = widthFor(range);
  const edges = bucketEdges(range, width, timeZone);
  const sums = await readUsage(db, scope, filter, (reader) => sumBuckets(reader, edges, ["status"]));
  const counts = new Map<string, number[]>();
  for (const {
    place,
    values: [status = ""],
    requests,
  } of sums) {
    const ofStatus = counts.get(status) ?? Array.from({ length: edges.length - 1 }, () => 0);
    ofStatus[place] = (ofStatus[place] ?? 0) + Number(requests);
    counts.set(status, ofStatus);
  }
  const byStatus = settledStatuses.flatMap((status: SettledStatus) => {
    const ofStatus = counts.get(status);
    return ofStatus ? [{ status, counts: ofStatus }] : [];
  });
  return { edges, width, byStatus };
}
