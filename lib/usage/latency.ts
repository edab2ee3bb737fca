/**
 * Histograms of latencies: counts in buckets that grow by a fourth of an octave (19 %), so that a quantile read from them is within a
 * tenth of the true one and sums of histograms lose nothing. One is kept as a list of `count · 128 + bucket`; a bucket may come twice.
 */

const perOctave = 4;
const firstMs = 16;
const octaves = 20;

/** Where the buckets 1, 2 … begin, in milliseconds; bucket 0 is what is faster. The last one is open. Kept in a migration too: never to change. */
export const latencyStartsMs: readonly number[] = Array.from(
  { length: perOctave * octaves + 1 },
  (_, index) => Math.round(firstMs * 2 ** (index / perOctave)),
);

/** How a bucket and its count are one integer: `count · 128 + bucket`. */
export const latencyUnit = 128;

/** Counts by bucket. */
export type LatencyCounts = ReadonlyMap<number, number>;

/** The latency that a share (0.5: the median) of the requests stayed within, in milliseconds; null without requests. */
export function latencyQuantile(counts: LatencyCounts, share: number): number | null {
  const buckets = [...counts].filter(([, count]) => count > 0).toSorted(([a], [b]) => a - b);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  const wanted = share * total;
  let below = 0;
  for (const [bucket, count] of buckets) {
    if (below + count >= wanted) return withinBucket(bucket, (wanted - below) / count);
    below += count;
  }
  return null;
}

function withinBucket(bucket: number, part: number): number {
  const from = latencyStartsMs[bucket - 1];
  const to = latencyStartsMs[bucket];
  if (to === undefined) return from ?? 0;
  if (from === undefined) return Math.round(to * part);
  return Math.round(from * (to / from) ** part);
}
