import type { Plan, QuotaState, RateState } from "./admission.ts";

/** Whether a budget that is used up refuses requests (`hard`) or only warns. */
export const budgetModes = ["hard", "warn"] as const;
export type BudgetMode = (typeof budgetModes)[number];

/** A month's budget and what has gone of it, in nano-USD. */
export interface BudgetState {
  limitNanoUsd: bigint;
  mode: BudgetMode;
  /** By requests that have ended. */
  spentNanoUsd: bigint;
  /** The most that running requests may still cost. */
  reservedNanoUsd: bigint;
  /** The next first of a month, 00:00 UTC. */
  resetsAt: Date;
}

/** What a payer has left at a moment. */
export interface Allowances {
  plan: Plan;
  rate: RateState;
  /** Null on plans without a daily quota. */
  quota: QuotaState | null;
  /** Null where no budget is set. */
  keyBudget: BudgetState | null;
  accountBudget: BudgetState | null;
}

/** What is left of the month; never below zero. The next request may cost no more where the budget is hard. */
export function leftOf({ limitNanoUsd, spentNanoUsd, reservedNanoUsd }: BudgetState): bigint {
  const left = limitNanoUsd - spentNanoUsd - reservedNanoUsd;
  return left > 0n ? left : 0n;
}

/** The first day of the UTC month that holds `now`, and of the one after it. */
export function monthAround(now: Date): { start: Date; end: Date } {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return { start: new Date(Date.UTC(year, month)), end: new Date(Date.UTC(year, month + 1)) };
}
