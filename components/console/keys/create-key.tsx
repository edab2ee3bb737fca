"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { FormMessage } from "#components/forms/form-message.tsx";
import { emptyForm, type FormState, refusedForm, useFocusOnFault } from "#components/forms/form-state.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { readEntry, toKeyJson } from "./key-entry.ts";
import { KeyFields } from "./key-fields.tsx";
import { createKey } from "./keys-api.ts";
import { SecretDialog } from "./secret-dialog.tsx";

export interface CreateKeyProps {
  baseUrl: string;
  model: string;
}

type Step = { at: "closed" } | { at: "naming" } | { at: "made"; name: string; apiKey: string };

/** The button that makes a key: asks for a name and limits, then shows the secret until the person says it is stored. */
export function CreateKey({ baseUrl, model }: CreateKeyProps) {
  const t = useTranslations("keys.create");
  const [step, setStep] = useState<Step>({ at: "closed" });
  const router = useRouter();
  const close = () => setStep({ at: "closed" });
  return (
    <>
      <Button variant="primary" onClick={() => setStep({ at: "naming" })}>
        <Plus aria-hidden="true" />
        {t("button")}
      </Button>
      <Dialog open={step.at === "naming"} onOpenChange={close} title={t("title")} description={t("lead")}>
        <NewKeyForm
          onCancel={close}
          onMade={(made) => {
            setStep({ at: "made", ...made });
            router.refresh();
          }}
        />
      </Dialog>
      <SecretDialog made={step.at === "made" ? step : null} baseUrl={baseUrl} model={model} onClose={close} />
    </>
  );
}

interface NewKeyFormProps {
  onCancel: () => void;
  onMade: (made: { name: string; apiKey: string }) => void;
}

function NewKeyForm({ onCancel, onMade }: NewKeyFormProps) {
  const t = useTranslations("keys.create");
  const common = useTranslations("common");
  const [state, send] = useActionState(submit, emptyForm);
  const form = useFocusOnFault(state);

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const entered = readEntry(data);
    const answer = await createKey({ name: entered.name, ...toKeyJson(entered) });
    if (!answer.ok) return refusedForm(entered, answer);
    onMade({ name: answer.data.key.name, apiKey: answer.data.apiKey });
    return emptyForm;
  }

  return (
    <form ref={form} action={send} noValidate className="flex flex-col gap-4">
      <KeyFields state={state} />
      <FormMessage>{state.message}</FormMessage>
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>{common("cancel")}</Button>
        <SubmitButton>{t("submit")}</SubmitButton>
      </div>
    </form>
  );
}
