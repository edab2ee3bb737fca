"use client";

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
import { SelectField } from "#components/ui/select-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { changeAccount } from "./admin-api.ts";

interface AccountLimitsProps {
  id: string;
  entered: { plan: string; monthlyBudgetUsd: string; requestsPerDay: string; requestsPerMinute: string };
  ofPlan: { perDay: number; perMinute: number };
}

const wholeOrText = (text: string) => (/^\d{1,15}$/.test(text) ? Number(text) : text || null);

/** Plan, budget and limits of an account. */
export function AccountLimits({ id, entered: now, ofPlan }: AccountLimitsProps) {
  const t = useTranslations("admin.accounts.limits");
  const plans = useTranslations("admin.accounts");
  const [state, send] = useActionState(submit, { ...emptyForm, entered: now });
  const form = useFocusOnFault(state);
  const router = useRouter();

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const text = (name: string) => textOf(data, name).trim();
    const entered = {
      plan: text("plan"),
      monthlyBudgetUsd: text("monthlyBudgetUsd"),
      requestsPerDay: text("requestsPerDay"),
      requestsPerMinute: text("requestsPerMinute"),
    };
    const answer = await changeAccount(id, {
      ...entered,
      requestsPerDay: wholeOrText(entered.requestsPerDay),
      requestsPerMinute: wholeOrText(entered.requestsPerMinute),
    });
    if (!answer.ok) return refusedForm(entered, answer);
    toast({ title: t("saved") });
    router.refresh();
    return { ...emptyForm, entered };
  }

  return (
    <section aria-labelledby="account-limits">
      <h2 id="account-limits" className="text-16">
        {t("title")}
      </h2>
      <p className="mt-1 text-pretty text-muted">{t("lead")}</p>
      <form ref={form} action={send} noValidate className="mt-4 flex flex-col gap-3">
        <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-4">
          <SelectField
            key={state.entered.plan}
            label={t("plan")}
            name="plan"
            defaultValue={state.entered.plan}
            options={["trial", "paid"].map((plan) => ({ value: plan, label: plans("plan", { plan }) }))}
          />
          <TextField
            label={t("budget")}
            name="monthlyBudgetUsd"
            inputMode="decimal"
            autoComplete="off"
            placeholder={t("none")}
            defaultValue={state.entered.monthlyBudgetUsd}
            error={state.fields.monthlyBudgetUsd}
          />
          <TextField
            label={t("perDay")}
            name="requestsPerDay"
            inputMode="numeric"
            autoComplete="off"
            placeholder={t("ofPlan", { count: ofPlan.perDay })}
            hint={t("perDayHint")}
            defaultValue={state.entered.requestsPerDay}
            error={state.fields.requestsPerDay}
          />
          <TextField
            label={t("perMinute")}
            name="requestsPerMinute"
            inputMode="numeric"
            autoComplete="off"
            placeholder={t("ofPlan", { count: ofPlan.perMinute })}
            hint={t("perMinuteHint")}
            defaultValue={state.entered.requestsPerMinute}
            error={state.fields.requestsPerMinute}
          />
        </div>
        <FormMessage>{state.message}</FormMessage>
        <SubmitButton variant="secondary" className="self-start">
          {t("save")}
        </SubmitButton>
      </form>
    </section>
  );
}
