import type { AlertKind } from "./alert.ts";

/** The gravest thing to say of one budget, while it holds. */
export interface BudgetNotice {
  alertId: string;
  /** Null of the account's own budget. */
  keyName: string | null;
  kind: AlertKind;
  percent: number;
  mode: "hard" | "warn";
  limitNanoUsd: bigint;
}

/** The same as JSON carries it: money as the digits of its nano-USD. */
export type NoticeRecord = Omit<BudgetNotice, "limitNanoUsd"> & { limitNanoUsd: string };

export function toNoticeRecord(notice: BudgetNotice): NoticeRecord {
  return { ...notice, limitNanoUsd: notice.limitNanoUsd.toString() };
}
