import type { UsageFigures } from "./usage-figures.ts";
import type { ZonedWidth } from "./zoned-buckets.ts";

/** Milliseconds; null without requests that have them. */
export interface LatencyQuantiles {
  p50: number | null;
  p95: number | null;
}

export interface UsagePeriod {
  figures: UsageFigures;
  firstToken: LatencyQuantiles;
  total: LatencyQuantiles;
}

/** What one value of the dimension used, the most first by the measure asked for. */
export interface BreakdownRow {
  value: string;
  figures: UsageFigures;
}

export interface UsageSeries {
  /** Where the buckets begin, and where the last one ends. */
  edges: Date[];
  width: ZonedWidth;
  /** A bucket each. */
  totals: UsageFigures[];
  /** The most used values first, a bucket each; none when it is not stacked by a dimension. */
  groups: { value: string; figures: UsageFigures[] }[];
  /** What no group holds, a bucket each; null when they hold all. */
  other: UsageFigures[] | null;
  latencies: { firstToken: LatencyQuantiles; total: LatencyQuantiles }[];
  /** Requests that did not succeed by error code, or status where there is no code, the most frequent first; a bucket each. */
  errors: { code: string; status: string; requests: bigint[] }[];
}

export interface UsagePanels {
  current: UsagePeriod;
  before: UsagePeriod;
  series: UsageSeries;
  breakdown: BreakdownRow[];
}
