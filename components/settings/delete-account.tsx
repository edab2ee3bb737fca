"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { SettingsSection } from "#components/data/settings-section.tsx";
import { FormMessage } from "#components/forms/form-message.tsx";
import {
  emptyForm,
  type FormState,
  refusedForm,
  textOf,
  useFocusOnFault,
} from "#components/forms/form-state.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { PasswordField } from "#components/ui/password-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { deleteOwnAccount } from "./account-api.ts";

/** The end of the account; asks for its e-mail and its password. */
export function DeleteAccount({ email, admin }: { email: string; admin: boolean }) {
  const t = useTranslations("settings.account.delete");
  return (
    <SettingsSection title={t("title")} text={admin ? t("admin") : t("text")}>
      {!admin && (
        <Dialog
          trigger={
            <Button variant="danger" className="self-start">
              {t("action")}
            </Button>
          }
          title={t("question")}
          description={t("description")}
        >
          <DeletionForm email={email} />
        </Dialog>
      )}
    </SettingsSection>
  );
}

function DeletionForm({ email }: { email: string }) {
  const t = useTranslations("settings.account.delete");
  const [state, send] = useActionState(submit, emptyForm);
  const form = useFocusOnFault(state);

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const entered = { confirm: textOf(data, "confirm").trim() };
    const answer = await deleteOwnAccount({ ...entered, currentPassword: textOf(data, "currentPassword") });
    if (!answer.ok) return refusedForm(entered, answer);
    // A whole page load: nothing that this browser knew of the account stays in it.
    window.location.assign("/");
    return { ...emptyForm, entered };
  }

  return (
    <form ref={form} action={send} noValidate className="flex flex-col gap-3">
      <TextField
        label={t("confirm", { email })}
        name="confirm"
        autoComplete="off"
        spellCheck={false}
        defaultValue={state.entered.confirm}
        error={state.fields.confirm}
      />
      <PasswordField
        label={t("password")}
        name="currentPassword"
        autoComplete="current-password"
        error={state.fields.currentPassword}
      />
      <FormMessage>{state.message}</FormMessage>
      <SubmitButton variant="danger" className="self-end">
        {t("action")}
      </SubmitButton>
    </form>
  );
}
