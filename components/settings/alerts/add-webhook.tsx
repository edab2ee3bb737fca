"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
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
import { addWebhook } from "./alerts-api.ts";
import { WebhookSecret } from "./webhook-secret.tsx";

const exampleUrl = "https://example.com/hooks/aigateway";

/** Adds a webhook and shows its secret once. */
export function AddWebhook() {
  const t = useTranslations("alerts.webhooks");
  const [state, send] = useActionState(submit, emptyForm);
  const [secret, setSecret] = useState<string | null>(null);
  const form = useFocusOnFault(state);
  const router = useRouter();

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const entered = { url: textOf(data, "url").trim() };
    const answer = await addWebhook(entered.url);
    if (!answer.ok) return refusedForm(entered, answer);
    setSecret(answer.data.secret);
    router.refresh();
    return emptyForm;
  }

  return (
    <>
      <form ref={form} action={send} noValidate className="flex flex-col gap-3">
        <div className="flex flex-wrap items-start gap-2">
          <div className="min-w-56 flex-1">
            <TextField
              label={t("url")}
              name="url"
              type="url"
              autoComplete="off"
              placeholder={exampleUrl}
              defaultValue={state.entered.url}
              error={state.fields.url}
            />
          </div>
          <SubmitButton variant="secondary" className="mt-6.5">
            {t("add")}
          </SubmitButton>
        </div>
        <FormMessage>{state.message}</FormMessage>
      </form>
      <WebhookSecret secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}
