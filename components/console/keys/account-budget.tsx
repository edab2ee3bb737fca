"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { FormMessage } from "#components/forms/form-message.tsx";
import {
  emptyForm,
  type FormState,
  refusedForm,
  textOf,
  useFocusOnFault,
} from "#components/forms/form-state.ts";
import { paths } from "#components/shell/paths.ts";
import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { type BudgetState, leftOf } from "#lib/usage/allowances.ts";
import { BudgetModeField } from "./budget-mode-field.tsx";
import { setAccountBudget } from "./keys-api.ts";

/** What all keys and the chat may spend together in a month; `budget` is null while there is none. */
export function AccountBudget({ budget }: { budget: BudgetState | null }) {
  const t = useTranslations("keys.budget");
  const current = budget === null ? "" : formatMoneyExact(budget.limitNanoUsd).replace(/[$,]/g, "");
  const before = { monthlyBudgetUsd: current, budgetMode: budget?.mode ?? "hard" };
  const [state, send] = useActionState(submit, { ...emptyForm, entered: before });
  const form = useFocusOnFault(state);
  const router = useRouter();

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const entered = {
      monthlyBudgetUsd: textOf(data, "monthlyBudgetUsd").trim(),
      budgetMode: textOf(data, "budgetMode"),
    };
    const answer = await setAccountBudget(entered);
    if (!answer.ok) return refusedForm(entered, answer);
    toast({ title: entered.monthlyBudgetUsd === "" ? t("removed") : t("set") });
    router.refresh();
    return { ...emptyForm, entered };
  }

  return (
    <section aria-labelledby="account-budget" className="mt-10">
      <h2 id="account-budget" className="text-16">
        {t("title")}
      </h2>
      <p className="mt-1 text-pretty text-muted">{t("lead")}</p>
      <form ref={form} action={send} noValidate className="mt-4 flex max-w-110 flex-col gap-3">
        <div className="flex flex-wrap items-start gap-2">
          <div className="min-w-48 flex-1">
            <TextField
              label={t("label")}
              labelHidden
              name="monthlyBudgetUsd"
              autoComplete="off"
              inputMode="decimal"
              placeholder={t("none")}
              hint={budget ? t("left", inWords(budget)) : t("hint")}
              defaultValue={state.entered.monthlyBudgetUsd}
              error={state.fields.monthlyBudgetUsd}
            />
          </div>
          <SubmitButton variant="secondary">{t("submit")}</SubmitButton>
        </div>
        <BudgetModeField value={state.entered.budgetMode} />
        <FormMessage>{state.message}</FormMessage>
      </form>
      <p className="mt-3 text-13 text-muted">
        <Link href={paths.alerts} className="underline underline-offset-2 hover:text-foreground">
          {t("alerts")}
        </Link>
      </p>
    </section>
  );
}

function inWords(budget: BudgetState): Record<"spent" | "left" | "limit", string> {
  return {
    spent: formatMoney(budget.spentNanoUsd),
    left: formatMoney(leftOf(budget)),
    limit: formatMoney(budget.limitNanoUsd),
  };
}
