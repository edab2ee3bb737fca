import type { CountedStretch } from "./log-stretches.ts";
import type { SettledStatus } from "./settlement.ts";
import type { ZonedWidth } from "./zoned-buckets.ts";

/** How many requests ended how, bucket by bucket. Those that still run are not counted. */
export interface LogHistogram {
  edges: readonly Date[];
  width: ZonedWidth;
  /** Only statuses that there are, in the order in which statuses are listed. */
  byStatus: readonly { status: SettledStatus; counts: readonly number[] }[];
}

/** What still runs is not in the roll-ups; a call takes no longer than this. */
const longestRunMs = 3_600_000;

/** The buckets with how many requests there are in them; one that may hold running requests has one at least. */
export function stretchesOf({ edges, byStatus }: LogHistogram, now: Date): CountedStretch[] {
  return edges.slice(0, -1).map((from, place) => {
    const to = edges[place + 1] ?? from;
    const settled = byStatus.reduce((sum, { counts }) => sum + (counts[place] ?? 0), 0);
    const mayRun = to.getTime() > now.getTime() - longestRunMs;
    return { from, to, requests: mayRun ? Math.max(1, settled) : settled };
  });
}
