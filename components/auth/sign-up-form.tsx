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
import { PasswordField } from "#components/ui/password-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { signUp } from "./auth-api.ts";
import { rememberFirstKey } from "./first-key.ts";

export function SignUpForm({ passwordMin, passwordMax }: { passwordMin: number; passwordMax: number }) {
  const t = useTranslations("auth");
  const router = useRouter();
  const [state, send] = useActionState(submit, emptyForm);
  const form = useFocusOnFault(state);

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const entered = {
      email: textOf(data, "email"),
      password: textOf(data, "password"),
      name: textOf(data, "name"),
    };
    const answer = await signUp(entered);
    if (!answer.ok) return refusedForm(entered, answer);
    rememberFirstKey(answer.data.account.id, answer.data.apiKey);
    router.push("/welcome");
    return { ...emptyForm, entered };
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
        autoComplete="new-password"
        minLength={passwordMin}
        maxLength={passwordMax}
        required
        defaultValue={state.entered.password}
        hint={state.fields.password ? undefined : t("passwordHint", { count: passwordMin })}
        error={state.fields.password}
      />
      <TextField
        label={t("name")}
        name="name"
        autoComplete="name"
        maxLength={100}
        defaultValue={state.entered.name}
        error={state.fields.name}
      />
      <FormMessage>{state.message}</FormMessage>
      <SubmitButton className="w-full">{t("signUp.submit")}</SubmitButton>
    </form>
  );
}
