import type { Db } from "#lib/db/client.ts";
import type { LogHistogram } from "../log-histogram.ts";
import { failingStatuses, type SettledStatus, settledStatuses } from "../settlement.ts";
import { failingStatusesOf, type UsageScope } from "../usage-filter.ts";
import type { UsageQuestion } from "../usage-question.ts";
import { bucketEdges, widthFor } from "../zoned-buckets.ts";
import { readUsage, sumBuckets, type UsageReader } from "./usage-sums.ts";

/** How many requests of a range and a filter ended how, over time; from the roll-ups. */
export async function getLogHistogram(
  db: Db,
  scope: UsageScope,
  { range, filter, timeZone }: UsageQuestion,
): Promise<LogHistogram> {
  const width = widthFor(range);
  const edges = bucketEdges(range, width, timeZone);
  const counts = await readUsage(db, scope, filter, async (reader) => {
    const failing = await countFailing(reader, edges);
    return { ...failing, succeeded: await countSucceeded(reader, edges, failing) };
  });
  const byStatus = settledStatuses.flatMap((status: SettledStatus) => {
    const ofStatus: readonly number[] = counts[status] ?? [];
    return ofStatus.some((count) => count > 0) ? [{ status, counts: ofStatus }] : [];
  });
  return { edges, width, byStatus };
}

type Counts = Partial<Record<SettledStatus, number[]>>;

async function countFailing(reader: UsageReader, edges: readonly Date[]): Promise<Counts> {
  const status = failingStatusesOf(reader.filter);
  if (status.length === 0) return {};
  const failing = { ...reader, filter: { ...reader.filter, status } };
  const sums = await sumBuckets(failing, edges, ["status"]);
  return Object.fromEntries(
    status.map((each) => [
      each,
      countsOf(
        edges,
        sums.filter(({ values: [value] }) => value === each),
      ),
    ]),
  );
}

/** What succeeded is all less what did not: of a status alone there are too few blocks. Without an error, as these are. */
async function countSucceeded(
  reader: UsageReader,
  edges: readonly Date[],
  failing: Counts,
): Promise<number[]> {
  const { status, error, ...others } = reader.filter;
  if (status?.includes("succeeded") === false || error?.includes("") === false) return [];
  const unfiltered = { ...reader, filter: others };
  const all = countsOf(edges, await sumBuckets(unfiltered, edges));
  const counted = status || error ? await countFailing(unfiltered, edges) : failing;
  return all.map((count, place) =>
    failingStatuses.reduce((rest, each) => rest - (counted[each]?.[place] ?? 0), count),
  );
}

function countsOf(edges: readonly Date[], sums: readonly { place: number; requests: bigint }[]): number[] {
  const counts = Array.from({ length: edges.length - 1 }, () => 0);
  for (const { place, requests } of sums) counts[place] = (counts[place] ?? 0) + Number(requests);
  return counts;
}
