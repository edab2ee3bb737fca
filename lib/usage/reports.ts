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
    addFigures(totals, row);
    totals.bySource[row.source].requests += row.requests;
    totals.bySource[row.source].costNanoUsd += row.costNanoUsd;
  }
  return totals;
}

type Figures = Omit<UsageTotals, "bySource">;

/** Adds what was used to a sum, in place; the split by source is the caller's. */
export function addFigures(totals: Figures, more: Figures): void {
  totals.requests += more.requests;
  totals.failures += more.failures;
  totals.promptTokens += more.promptTokens;
  totals.cachedTokens += more.cachedTokens;
  totals.completionTokens += more.completionTokens;
  totals.reasoningTokens += more.reasoningTokens;
  totals.costNanoUsd += more.costNanoUsd;
}
