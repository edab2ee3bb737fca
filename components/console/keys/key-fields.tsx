import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FormState } from "#components/forms/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { BudgetModeField } from "./budget-mode-field.tsx";
import { emptyEntry } from "./key-entry.ts";

const limits = ["modelPatterns", "monthlyBudgetUsd", "requestsPerMinute", "expiresAt"] as const;

/** The fields of a key; its limits are folded away unless one is set or at fault. */
export function KeyFields({ state: { entered, fields } }: { state: FormState }) {
  const t = useTranslations("keys.fields");
  const open = limits.some((field) => entered[field] || fields[field]) || fields.alertPercents !== undefined;
  return (
    <>
      <TextField
        label={t("name")}
        name="name"
        autoComplete="off"
        maxLength={60}
        required
        autoFocus
        placeholder={t("namePlaceholder")}
        defaultValue={entered.name}
        error={fields.name}
      />
      <details className="group" open={open}>
        <summary className="target inline-flex items-center gap-1 rounded-control px-1 text-13 text-muted hover:text-foreground">
          <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
          {t("limits")}
        </summary>
        <div className="mt-2 flex flex-col gap-4">
          <TextField
            label={t("models")}
            name="modelPatterns"
            autoComplete="off"
            placeholder={t("allModels")}
            hint={t("modelsHint")}
            defaultValue={entered.modelPatterns}
            error={fields.modelPatterns}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label={t("budget")}
              name="monthlyBudgetUsd"
              autoComplete="off"
              inputMode="decimal"
              placeholder={t("none")}
              defaultValue={entered.monthlyBudgetUsd}
              error={fields.monthlyBudgetUsd}
            />
            <TextField
              label={t("perMinute")}
              name="requestsPerMinute"
              autoComplete="off"
              inputMode="numeric"
              placeholder={t("planOwn")}
              defaultValue={entered.requestsPerMinute}
              error={fields.requestsPerMinute}
            />
          </div>
          <BudgetModeField value={entered.budgetMode} />
          <TextField
            label={t("alertAt")}
            name="alertPercents"
            autoComplete="off"
            inputMode="text"
            placeholder={t("noAlerts")}
            hint={t("alertAtHint")}
            defaultValue={entered.alertPercents ?? emptyEntry.alertPercents}
            error={fields.alertPercents}
          />
          <TextField
            label={t("lastDay")}
            name="expiresAt"
            type="date"
            hint={t("lastDayHint")}
            defaultValue={entered.expiresAt}
            error={fields.expiresAt}
          />
        </div>
      </details>
    </>
  );
}
