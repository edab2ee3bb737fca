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
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { setAlertChoices } from "./alerts-api.ts";
import { readPercents } from "./read-percents.ts";

/** At which shares of the account's own budget it is alerted. */
export function ShareForm({ percents }: { percents: readonly number[] }) {
  const t = useTranslations("alerts.shares");
  const [state, send] = useActionState(submit, { ...emptyForm, entered: { percents: percents.join(", ") } });
  const form = useFocusOnFault(state);
  const router = useRouter();

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const entered = { percents: textOf(data, "percents") };
    const answer = await setAlertChoices({ percents: readPercents(entered.percents) });
    if (!answer.ok) return refusedForm(entered, answer);
    toast({ title: t("saved") });
    router.refresh();
    return { ...emptyForm, entered };
  }

  return (
    <form ref={form} action={send} noValidate className="flex max-w-110 flex-col gap-3">
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-48 flex-1">
          <TextField
            label={t("label")}
            name="percents"
            autoComplete="off"
            placeholder={t("none")}
            hint={t("hint")}
            defaultValue={state.entered.percents}
            error={state.fields.percents}
          />
        </div>
        <SubmitButton variant="secondary" className="mt-6.5">
          {t("save")}
        </SubmitButton>
      </div>
      <FormMessage>{state.message}</FormMessage>
    </form>
  );
}
