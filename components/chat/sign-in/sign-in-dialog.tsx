"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { signIn } from "#components/auth/auth-api.ts";
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
import { type SignInAnswer, signInGate } from "./sign-in-gate.ts";

export interface SignInDialogProps {
  /** Whose page it is. */
  email: string;
  onAnswer: (answer: SignInAnswer) => void;
}

/** Signs the person in without leaving the page, and tells when it is not theirs. */
export function SignInDialog({ email, onAnswer }: SignInDialogProps) {
  const t = useTranslations("composer.signIn");
  const [stranger, setStranger] = useState<string | null>(null);
  if (stranger !== null) {
    return (
      <Dialog
        open
        onOpenChange={() => onAnswer("other")}
        title={t("other.title", { email: stranger })}
        description={t("other.why", { email })}
        footer={
          <>
            <Button onClick={() => setStranger(null)}>{t("other.back", { email })}</Button>
            <Button variant="primary" onClick={() => window.location.assign("/chat")}>
              {t("other.go")}
            </Button>
          </>
        }
      />
    );
  }
  return (
    <Dialog open onOpenChange={() => onAnswer("dismissed")} title={t("title")} description={t("why")}>
      <SignInFields
        email={email}
        onSignedIn={(entered) => {
          if (accountKey(entered) === accountKey(email)) onAnswer("signed-in");
          else {
            signInGate.noteForeign();
            setStranger(entered);
          }
        }}
      />
    </Dialog>
  );
}

/** As the server tells accounts apart. */
function accountKey(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}

function SignInFields({ email, onSignedIn }: { email: string; onSignedIn: (email: string) => void }) {
  const t = useTranslations("composer.signIn");
  const [state, send] = useActionState(submit, emptyForm);
  const form = useFocusOnFault(state);

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const entered = { email: textOf(data, "email"), password: textOf(data, "password") };
    const answer = await signIn(entered);
    if (!answer.ok) return refusedForm({ email: entered.email }, answer);
    onSignedIn(entered.email);
    return emptyForm;
  }

  return (
    <form ref={form} action={send} noValidate className="flex flex-col gap-4">
      <TextField
        label={t("email")}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={state.entered.email ?? email}
        error={state.fields.email}
      />
      <PasswordField
        label={t("password")}
        name="password"
        autoComplete="current-password"
        autoFocus
        required
        error={state.fields.password}
      />
      <FormMessage>{state.message}</FormMessage>
      <SubmitButton className="w-full">{t("submit")}</SubmitButton>
    </form>
  );
}
