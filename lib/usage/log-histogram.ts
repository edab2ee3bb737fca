import type { CountedStretch } from "./log-stretches.ts";
import type { SettledStatus } from "./settlement.ts";
import type { UsageRange } from "./usage-filter.ts";
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
/** A process's clock, which admits, may be ahead of this one's. */
const clockSlackMs = 300_000;

/** The buckets with how many requests there are in them; which may also hold running ones is open. */
export function stretchesOf({ edges, byStatus }: LogHistogram, now: Date): CountedStretch[] {
  return edges.slice(0, -1).map((from, place) => {
    const to = edges[place + 1] ?? from;
    const settled = byStatus.reduce((sum, { counts }) => sum + (counts[place] ?? 0), 0);
    return countedStretch({ from, to }, settled, now);
  });
}

/** A stretch with so many settled requests. */
export function countedStretch({ from, to }: UsageRange, settled: number, now: Date): CountedStretch {
  const open = to.getTime() > now.getTime() - longestRunMs && from.getTime() < now.getTime() + clockSlackMs;
  return { from, to, requests: settled, ...(open && { open }) };
}
