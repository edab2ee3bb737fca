import { monthAround } from "#lib/usage/allowances.ts";
import { toJsonInteger } from "#lib/usage/json-integer.ts";

export type AlertKind = "reached" | "refused";

/** Something the owner of a budget must know. Money is nano-USD. */
export interface Alert {
  id: string;
  accountId: string;
  /** Null of the account's own budget. */
  key: { id: string; name: string } | null;
  /** Settled spend reached `percent` of the limit, or a request was refused that might have exceeded it. */
  kind: AlertKind;
  percent: number;
  /** The first day of the UTC month. */
  month: Date;
  limitNanoUsd: bigint;
  /** When it was raised. */
  spentNanoUsd: bigint;
  mode: "hard" | "warn";
  createdAt: Date;
}

export const mostPercents = 10;
/** A budget that only warns can be passed several times over. */
export const highestPercent = 1000;

/** The same shares once each, ascending; null when one is no whole number from 1 on, or they are too many. */
export function normalisePercents(percents: readonly number[]): number[] | null {
  const distinct = [...new Set(percents)].sort((a, b) => a - b);
  const valid = distinct.every((each) => Number.isInteger(each) && each >= 1 && each <= highestPercent);
  return valid && distinct.length <= mostPercents ? distinct : null;
}

/** The JSON that a webhook gets; `alert` is null of a test, which is known by the id of its delivery. */
export function webhookBody(alert: Alert | null, { id, createdAt }: { id: string; createdAt: Date }): string {
  if (alert === null) {
    return JSON.stringify({ id, type: "test", created_at: createdAt.toISOString(), data: {} });
  }
  const { key, kind, percent, month, limitNanoUsd, spentNanoUsd, mode } = alert;
  return JSON.stringify({
    id: alert.id,
    type: kind === "reached" ? "budget.threshold_reached" : "budget.request_refused",
    created_at: alert.createdAt.toISOString(),
    data: {
      account_id: alert.accountId,
      budget: key === null ? "account" : "key",
      key: key && { id: key.id, name: key.name },
      month: month.toISOString().slice(0, 7),
      threshold_percent: kind === "reached" ? percent : null,
      spent_nano_usd: toJsonInteger(spentNanoUsd),
      limit_nano_usd: toJsonInteger(limitNanoUsd),
      mode,
      resets_at: monthAround(month).end.toISOString(),
    },
  });
}
