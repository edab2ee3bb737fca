import type { ReactNode } from "react";
import { formatMoney } from "#components/ui/format-money.ts";
import { type BudgetState, leftOf } from "#lib/usage/allowances.ts";
import { LastDay } from "./last-day.tsx";

export interface KeyLimitsProps {
  modelPatterns: readonly string[];
  requestsPerMinute: number | null;
  /** Null where none is set. */
  budget: BudgetState | null;
  expiresAt: Date | null;
  /** Whether `expiresAt` has passed. */
  expired: boolean;
  /** Whether it waits for the first use that ends the key it replaces. */
  waiting: boolean;
}

/** What a key is held to, and what is left of its month, in one quiet line; nothing for a key without limits. */
export function KeyLimits({
  modelPatterns,
  requestsPerMinute,
  budget,
  expiresAt,
  expired,
  waiting,
}: KeyLimitsProps) {
  const parts: ReactNode[] = [];
  if (waiting) parts.push("Replaces another key at its first use");
  if (expired) parts.push(<span className="text-danger">Expired</span>);
  if (modelPatterns.length > 0) parts.push(modelPatterns.join(", "));
  if (requestsPerMinute !== null) parts.push(`${requestsPerMinute} per minute`);
  if (budget) parts.push(budgetInWords(budget));
  if (expiresAt && !expired)
    parts.push(
      <>
        until <LastDay at={expiresAt} />
      </>,
    );
  if (parts.length === 0) return null;
  return (
    <ul aria-label="Limits" className="mt-0.5 flex flex-wrap gap-x-3 font-normal text-13 text-muted">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts stand in a fixed order and hold no state.
        <li key={index} className="[overflow-wrap:anywhere]">
          {part}
        </li>
      ))}
    </ul>
  );
}

function budgetInWords(budget: BudgetState): string {
  return `${formatMoney(leftOf(budget))} of ${formatMoney(budget.limitNanoUsd)} left this month`;
}
