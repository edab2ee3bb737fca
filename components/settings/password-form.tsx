"use client";

import { useRouter } from "next/navigation";
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
import { PasswordField } from "#components/ui/password-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { passwordLength } from "#lib/accounts/password-length.ts";
import { changePassword } from "./account-api.ts";

/** A new password for the old one; every other browser has to sign in again. */
export function PasswordForm() {
  const t = useTranslations("settings.account.password");
  const [state, send] = useActionState(submit, emptyForm);
  const form = useFocusOnFault(state);
  const router = useRouter();

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const answer = await changePassword({
      currentPassword: textOf(data, "currentPassword"),
      newPassword: textOf(data, "newPassword"),
    });
    if (!answer.ok) return refusedForm({}, answer);
    toast({ title: t("saved", { count: answer.data }) });
    router.refresh();
    return emptyForm;
  }

  return (
    <SettingsSection title={t("title")} text={t("text")}>
      <form ref={form} action={send} noValidate className="flex max-w-110 flex-col gap-3">
        <PasswordField
          label={t("current")}
          name="currentPassword"
          autoComplete="current-password"
          error={state.fields.currentPassword}
        />
        <PasswordField
          label={t("new")}
          name="newPassword"
          autoComplete="new-password"
          hint={t("hint", { min: passwordLength.min })}
          error={state.fields.newPassword}
        />
        <FormMessage>{state.message}</FormMessage>
        <SubmitButton variant="secondary" className="self-start">
          {t("save")}
        </SubmitButton>
      </form>
    </SettingsSection>
  );
}
