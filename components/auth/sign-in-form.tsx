"use client";

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
import { PasswordField } from "#components/ui/password-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { signIn } from "./auth-api.ts";

export interface SignInFormProps {
  /** The local path to go to afterwards. */
  next: string;
  /** What went wrong before this page was shown. */
  message: string | null;
}

export function SignInForm({ next, message }: SignInFormProps) {
  const t = useTranslations("auth");
  const [state, send] = useActionState(submit, emptyForm);
  const form = useFocusOnFault(state);

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const entered = { email: textOf(data, "email"), password: textOf(data, "password") };
    const answer = await signIn(entered);
    if (!answer.ok) return refusedForm({ email: entered.email }, answer);
    // A whole new page: what the router keeps was rendered for somebody signed out.
    window.location.assign(next);
    return new Promise(() => undefined);
  }

  return (
    <form ref={form} action={send} noValidate className="flex flex-col gap-5">
      <TextField
        label={t("email")}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        defaultValue={state.entered.email}
        error={state.fields.email}
      />
      <PasswordField
        label={t("password")}
        name="password"
        autoComplete="current-password"
        required
        error={state.fields.password}
      />
      <FormMessage>{state.message ?? (state === emptyForm ? message : null)}</FormMessage>
      <SubmitButton className="w-full">{t("signIn.submit")}</SubmitButton>
    </form>
  );
}
