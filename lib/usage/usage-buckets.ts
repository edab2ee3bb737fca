import { monthAround } from "./allowances.ts";
import type { TokenCounts } from "./cost.ts";
import type { RequestSource } from "./metered-request.ts";

export const bucketWidths = ["1h", "1d", "1mo"] as const;
export type BucketWidth = (typeof bucketWidths)[number];

export const usageGroups = ["model", "key", "source", "tag"] as const;
export type UsageGroup = (typeof usageGroups)[number];

/** A UTC hour, day or month: [start, end). */
export interface Bucket {
  start: Date;
  end: Date;
}

/** Sums over the settled requests of a bucket. What it is not grouped by is null. */
export interface UsageResult extends Record<keyof TokenCounts, bigint> {
  requests: bigint;
  failures: bigint;
  costNanoUsd: bigint;
  model: string | null;
  /** Null for the chat too, which has no key. */
  keyId: string | null;
  source: RequestSource | null;
  /** Empty for requests without one. */
  tag: string | null;
}

export interface FilledBucket extends Bucket {
  results: UsageResult[];
}

const widthMs = { "1h": 3_600_000, "1d": 86_400_000 };

/** The bucket that holds a moment. */
export function bucketAt(time: Date, width: BucketWidth): Bucket {
  if (width === "1mo") return monthAround(time);
  const startMs = Math.floor(time.getTime() / widthMs[width]) * widthMs[width];
  return { start: new Date(startMs), end: new Date(startMs + widthMs[width]) };
}

/** The whole buckets that [from, to) touches, oldest first, `limit` of them at most. */
export function listBuckets(
  { from, to }: { from: Date; to: Date },
  width: BucketWidth,
  limit: number,
): Bucket[] {
  const buckets: Bucket[] = [];
  for (let next = from; next < to && buckets.length < limit; ) {
    const bucket = bucketAt(next, width);
    buckets.push(bucket);
    next = bucket.end;
  }
  return buckets;
}
