"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { FormMessage } from "#components/forms/form-message.tsx";
import { textOf } from "#components/forms/form-state.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { FieldFrame } from "#components/ui/field-frame.tsx";
import { inputStyle, TextField } from "#components/ui/text-field.tsx";
import { promptLimits } from "#lib/chat/prompt-limits.ts";
import { type Prompt, promptsApi } from "./prompts-api.ts";

export interface PromptDialogProps {
  /** What is changed; null where a new one is made. */
  prompt: Prompt | null;
  onClose: () => void;
  onSaved: () => void;
}

/** Asks for the name and the text of a prompt. */
export function PromptDialog({ prompt, onClose, onSaved }: PromptDialogProps) {
  const t = useTranslations("prompts.form");
  const textId = useId();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const entry = { name: textOf(form, "name"), text: textOf(form, "text") };
    setPending(true);
    const answer = prompt ? await promptsApi.change(prompt.id, entry) : await promptsApi.create(entry);
    setPending(false);
    setFailure(answer.ok ? null : answer.message);
    if (answer.ok) onSaved();
  }
  return (
    <Dialog open onOpenChange={onClose} title={t(prompt ? "change" : "create")}>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
        <FormMessage>{failure}</FormMessage>
        <TextField
          label={t("name")}
          name="name"
          hint={t("nameHint")}
          defaultValue={prompt?.name ?? ""}
          required
          pattern=".*\S.*"
          maxLength={promptLimits.nameChars}
          dir="auto"
          autoComplete="off"
        />
        <FieldFrame inputId={textId} label={t("text")}>
          {(wiring) => (
            <textarea
              {...wiring}
              id={textId}
              name="text"
              rows={7}
              required
              maxLength={promptLimits.textChars}
              defaultValue={prompt?.text ?? ""}
              dir="auto"
              className={`${inputStyle} max-h-[50dvh] resize-y py-2 leading-6`}
            />
          )}
        </FieldFrame>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" pending={pending}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
