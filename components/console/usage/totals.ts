import { addFigures, type DaySpend, sumUsage, type UsageTotals } from "#lib/usage/reports.ts";

/** Adds up days, so that tiles and chart cannot disagree. */
export function totalsOf(days: readonly DaySpend[]): UsageTotals {
  const totals = sumUsage([]);
  for (const day of days) {
    addFigures(totals, day);
    for (const source of ["api", "chat"] as const) {
      totals.bySource[source].requests += day.bySource[source].requests;
      totals.bySource[source].costNanoUsd += day.bySource[source].costNanoUsd;
    }
  }
  return totals;
}
