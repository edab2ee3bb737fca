import { useTranslations } from "next-intl";
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
  const t = useTranslations("keys.limits");
  const parts: ReactNode[] = [];
  if (waiting) parts.push(t("waiting"));
  if (expired) parts.push(<span className="text-danger">{t("expired")}</span>);
  if (modelPatterns.length > 0) parts.push(modelPatterns.join(", "));
  if (requestsPerMinute !== null) parts.push(t("perMinute", { count: requestsPerMinute }));
  if (budget) parts.push(t("budget", budgetInWords(budget)));
  if (expiresAt && !expired) parts.push(t.rich("until", { day: () => <LastDay at={expiresAt} /> }));
  if (parts.length === 0) return null;
  return (
    <ul aria-label={t("name")} className="mt-0.5 flex flex-wrap gap-x-3 font-normal text-13 text-muted">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts stand in a fixed order and hold no state.
        <li key={index} className="[overflow-wrap:anywhere]">
          {part}
        </li>
      ))}
    </ul>
  );
}

function budgetInWords(budget: BudgetState): Record<"left" | "limit", string> {
  return { left: formatMoney(leftOf(budget)), limit: formatMoney(budget.limitNanoUsd) };
}
