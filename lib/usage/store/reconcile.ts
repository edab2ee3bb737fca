import type { Db } from "#lib/db/client.ts";
import {
  compareMonths,
  compareQuotas,
  type MonthDifference,
  type QuotaDifference,
} from "./reconcile/counters.ts";
import { compareQuarters, type QuarterDifference, type UsageSums } from "./reconcile/quarters.ts";

export interface Reconciliation {
  agrees: boolean;
  rows: UsageSums;
  rollUps: UsageSums;
  /** The first 1,000. */
  quarters: QuarterDifference[];
  /** The first 1,000. */
  months: MonthDifference[];
  /** The first 1,000. */
  quotas: QuotaDifference[];
}

/**
 * Proves that what dashboards and limits read is the sum of the requests: the roll-ups by quarter of an hour with their histograms of
 * latencies, spend and reservations by holder and month, and daily quotas; of one account, or of all. Each comparison sees one moment, so
 * traffic that runs meanwhile is no difference. For a large installation there is `lib/admin/reconcile`, which goes day by day.
 */
export async function reconcile(db: Db, accountId?: string): Promise<Reconciliation> {
  const [{ rows, rollUps, differences: quarters }, months, quotas] = await Promise.all([
    compareQuarters(db, { accountId }),
    compareMonths(db, { accountId }),
    compareQuotas(db, { accountId }),
  ]);
  const agrees = quarters.length + months.length + quotas.length === 0;
  return { agrees, rows, rollUps, quarters, months, quotas };
}
