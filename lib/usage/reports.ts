import type { Plan, QuotaState } from "./admission.ts";
import type { TokenCounts } from "./cost.ts";
import type { RequestSource } from "./metered-request.ts";

/** The trial plan's day so far. */
export interface QuotaToday extends QuotaState {
  plan: Plan;
  used: number;
}

export interface Spend {
  requests: number;
  costNanoUsd: bigint;
}

/** Sums over settled requests. `failures` counts those that did not succeed. */
export interface UsageTotals extends TokenCounts, Spend {
  failures: number;
  bySource: Record<RequestSource, Spend>;
}

export interface DaySpend extends UsageTotals {
  /** `YYYY-MM-DD` in the viewer's zone. */
  day: string;
}

export interface UsageRow extends TokenCounts, Spend {
  source: RequestSource;
  failures: number;
}

/** Adds up roll-ups of both sources. */
export function sumUsage(rows: readonly UsageRow[]): UsageTotals {
  const totals: UsageTotals = {
    requests: 0,
    failures: 0,
    promptTokens: 0,
    cachedTokens: 0,
    completionTokens: 0,
    reasoningTokens: 0,
    costNanoUsd: 0n,
    bySource: { api: { requests: 0, costNanoUsd: 0n }, chat: { requests: 0, costNanoUsd: 0n } },
  };
  for (const row of rows) {
    totals.requests += row.requests;
    totals.failures += row.failures;
    totals.promptTokens += row.promptTokens;
    totals.cachedTokens += row.cachedTokens;
    totals.completionTokens += row.completionTokens;
    totals.reasoningTokens += row.reasoningTokens;
    totals.costNanoUsd += row.costNanoUsd;
    totals.bySource[row.source].requests += row.requests;
    totals.bySource[row.source].costNanoUsd += row.costNanoUsd;
  }
  return totals;
}
