import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatMoney } from "#components/ui/format-money.ts";
import { Meter } from "#components/ui/meter.tsx";
import { type BudgetState, leftOf } from "#lib/usage/allowances.ts";
import { LastDay } from "./last-day.tsx";

export interface KeyLimitsProps {
  modelPatterns: readonly string[];
  /** Requests a minute it may make and has left; null while it is switched off. */
  rate: { limit: number; remaining: number } | null;
  disabled: boolean;
  /** Null where none is set. */
  budget: BudgetState | null;
  expiresAt: Date | null;
  /** Whether `expiresAt` has passed. */
  expired: boolean;
  /** Whether it waits for the first use that ends the key it replaces. */
  waiting: boolean;
}

/** What a key is held to, and what is left of its minute and month, in one quiet line. */
export function KeyLimits({
  modelPatterns,
  rate,
  disabled,
  budget,
  expiresAt,
  expired,
  waiting,
}: KeyLimitsProps) {
  const t = useTranslations("keys.limits");
  const parts: ReactNode[] = [];
  if (disabled) parts.push(<span className="text-warning">{t("disabled")}</span>);
  if (waiting) parts.push(t("waiting"));
  if (expired) parts.push(<span className="text-danger">{t("expired")}</span>);
  if (modelPatterns.length > 0) parts.push(modelPatterns.join(", "));
  if (rate) parts.push(t("perMinute", rate));
  if (budget) parts.push(t(budget.mode === "warn" ? "warning" : "budget", budgetInWords(budget)));
  if (expiresAt && !expired) parts.push(t.rich("until", { day: () => <LastDay at={expiresAt} /> }));
  if (parts.length === 0) return null;
  return (
    <>
      <ul aria-label={t("name")} className="mt-0.5 flex flex-wrap gap-x-3 font-normal text-13 text-muted">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts stand in a fixed order and hold no state.
          <li key={index} className="[overflow-wrap:anywhere]">
            {part}
          </li>
        ))}
      </ul>
      {budget && <BudgetMeter budget={budget} />}
    </>
  );
}

function budgetInWords(budget: BudgetState): Record<"left" | "limit", string> {
  return { left: formatMoney(leftOf(budget)), limit: formatMoney(budget.limitNanoUsd) };
}

function BudgetMeter({ budget }: { budget: BudgetState }) {
  const t = useTranslations("keys.limits");
  const { limitNanoUsd, spentNanoUsd } = budget;
  const share = limitNanoUsd === 0n ? 100 : Number((spentNanoUsd * 100n) / limitNanoUsd);
  return (
    <div className="mt-1.5 max-w-60">
      <Meter
        label={t("spentOfBudget")}
        value={Math.min(100, share)}
        max={100}
        valueText={t("percentSpent", { percent: share })}
        tone={share >= 100 ? "danger" : share >= 80 ? "warning" : "accent"}
      />
    </div>
  );
}
