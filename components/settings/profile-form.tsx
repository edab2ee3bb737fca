"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
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
import { TextField } from "#components/ui/text-field.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { changeProfile } from "./account-api.ts";

/** Name and e-mail. A new e-mail asks for the password. */
export function ProfileForm({ name, email }: { name: string | null; email: string }) {
  const t = useTranslations("settings.account.profile");
  const [typedEmail, setTypedEmail] = useState(email);
  const [state, send] = useActionState(submit, { ...emptyForm, entered: { name: name ?? "", email } });
  const form = useFocusOnFault(state);
  const router = useRouter();

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const entered = { name: textOf(data, "name").trim(), email: textOf(data, "email").trim() };
    const password = textOf(data, "currentPassword");
    const answer = await changeProfile({ ...entered, ...(password && { currentPassword: password }) });
    if (!answer.ok) return refusedForm(entered, answer);
    toast({ title: t("saved") });
    router.refresh();
    return { ...emptyForm, entered };
  }

  return (
    <SettingsSection title={t("title")} text={t("text")}>
      <form ref={form} action={send} noValidate className="flex max-w-110 flex-col gap-3">
        <TextField
          label={t("name")}
          name="name"
          autoComplete="name"
          defaultValue={state.entered.name}
          error={state.fields.name}
        />
        <TextField
          label={t("email")}
          name="email"
          type="email"
          autoComplete="email"
          value={typedEmail}
          onChange={(event) => setTypedEmail(event.target.value)}
          error={state.fields.email}
        />
        {typedEmail.trim() !== email && (
          <PasswordField
            label={t("password")}
            name="currentPassword"
            autoComplete="current-password"
            error={state.fields.currentPassword}
          />
        )}
        <FormMessage>{state.message}</FormMessage>
        <SubmitButton variant="secondary" className="self-start">
          {t("save")}
        </SubmitButton>
      </form>
    </SettingsSection>
  );
}
