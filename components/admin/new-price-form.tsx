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
import { formatMoneyExact } from "#components/ui/format-money.ts";
import { SelectField } from "#components/ui/select-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { toast } from "#components/ui/toast-store.ts";
import type { ModelPrices } from "#lib/models/model.ts";
import { setPrice } from "./admin-api.ts";

const fields = ["model", "input", "cachedInput", "output", "effectiveAt"] as const;

/** Prices from a moment on; what was charged before stays as it was. */
export function NewPriceForm({
  models,
}: {
  models: readonly { id: string; name: string; prices: ModelPrices }[];
}) {
  const t = useTranslations("admin.prices.new");
  const [state, send] = useActionState(submit, emptyForm);
  const form = useFocusOnFault(state);
  const router = useRouter();
  const current = models[0]?.prices;

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const entered = Object.fromEntries(fields.map((name) => [name, textOf(data, name).trim()]));
    const answer = await setPrice(entered);
    if (!answer.ok) return refusedForm(entered, answer);
    toast({ title: t("set") });
    router.refresh();
    return emptyForm;
  }

  return (
    <section aria-labelledby="new-price">
      <h2 id="new-price" className="text-16">
        {t("title")}
      </h2>
      <p className="mt-1 max-w-180 text-pretty text-muted">{t("lead")}</p>
      <form ref={form} action={send} noValidate className="mt-4 flex flex-col gap-3">
        <div className="grid items-start gap-3 sm:grid-cols-2 lg:grid-cols-5">
          <SelectField
            label={t("model")}
            name="model"
            defaultValue={state.entered.model}
            options={models.map(({ id, name }) => ({ value: id, label: name }))}
            error={state.fields.model}
          />
          {(["input", "cachedInput", "output"] as const).map((name) => (
            <TextField
              key={name}
              label={t(name)}
              name={name}
              inputMode="decimal"
              autoComplete="off"
              placeholder={current && perMillion(current[`${name}NanoUsd`])}
              defaultValue={state.entered[name]}
              error={state.fields[name]}
            />
          ))}
          <TextField
            label={t("effectiveAt")}
            name="effectiveAt"
            type="datetime-local"
            hint={t("atOnce")}
            defaultValue={state.entered.effectiveAt}
            error={state.fields.effectiveAt}
          />
        </div>
        <FormMessage>{state.message}</FormMessage>
        <SubmitButton className="self-start">{t("submit")}</SubmitButton>
      </form>
    </section>
  );
}

function perMillion(nanoUsd: number): string {
  return formatMoneyExact(BigInt(nanoUsd) * 1_000_000n).replace("$", "");
}
