"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useActionState, useState } from "react";
import { FormMessage } from "#components/forms/form-message.tsx";
import {
  emptyForm,
  type FormState,
  refusedForm,
  textOf,
  useFocusOnFault,
} from "#components/forms/form-state.ts";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { curlCommand } from "./first-call.ts";
import { createKey } from "./keys-api.ts";
import { SecretKey } from "./secret-key.tsx";

export interface CreateKeyProps {
  baseUrl: string;
  model: string;
}

type Step = { at: "closed" } | { at: "naming" } | { at: "made"; name: string; apiKey: string };

/** The button that makes a key: asks for a name, then shows the secret until the person says it is stored. */
export function CreateKey({ baseUrl, model }: CreateKeyProps) {
  const [step, setStep] = useState<Step>({ at: "closed" });
  const router = useRouter();
  const close = () => setStep({ at: "closed" });
  return (
    <>
      <Button variant="primary" onClick={() => setStep({ at: "naming" })}>
        <Plus aria-hidden="true" />
        Create key
      </Button>
      <Dialog
        open={step.at === "naming"}
        onOpenChange={close}
        title="Create a key"
        description="Name it after the program that will use it, so that you know what stops when you revoke it."
      >
        <NameForm
          onCancel={close}
          onMade={(made) => {
            setStep({ at: "made", ...made });
            router.refresh();
          }}
        />
      </Dialog>
      <Dialog
        open={step.at === "made"}
        locked
        title={step.at === "made" ? `The key “${step.name}”` : ""}
        description="It is shown this once. Copy it to where it will be used before you close this."
        footer={<Button onClick={close}>I have stored the key</Button>}
      >
        {step.at === "made" && (
          <div className="flex min-w-0 flex-col gap-4">
            <SecretKey apiKey={step.apiKey} />
            <CodeBlock code={curlCommand({ baseUrl, apiKey: step.apiKey, model })} what="curl command" />
          </div>
        )}
      </Dialog>
    </>
  );
}

interface NameFormProps {
  onCancel: () => void;
  onMade: (made: { name: string; apiKey: string }) => void;
}

function NameForm({ onCancel, onMade }: NameFormProps) {
  const [state, send] = useActionState(submit, emptyForm);
  const form = useFocusOnFault(state);

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const name = textOf(data, "name");
    const answer = await createKey(name);
    if (!answer.ok) return refusedForm({ name }, answer);
    onMade({ name: answer.data.key.name, apiKey: answer.data.apiKey });
    return emptyForm;
  }

  return (
    <form ref={form} action={send} noValidate className="flex flex-col gap-4">
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        maxLength={60}
        required
        autoFocus
        placeholder="My first app"
        defaultValue={state.entered.name}
        error={state.fields.name}
      />
      <FormMessage>{state.message}</FormMessage>
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <SubmitButton>Create key</SubmitButton>
      </div>
    </form>
  );
}
