"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type RefObject, useActionState } from "react";
import { FormMessage } from "#components/forms/form-message.tsx";
import { emptyForm, type FormState, refusedForm, useFocusOnFault } from "#components/forms/form-state.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { entryOf, type LimitedKey, readEntry, toKeyJson } from "./key-entry.ts";
import { KeyFields } from "./key-fields.tsx";
import { updateKey } from "./keys-api.ts";

export interface EditKeyProps {
  id: string;
  limited: LimitedKey;
  open: boolean;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** Changes a key's name and limits, in force for its next request. */
export function EditKey({ id, limited, open, onClose, returnFocusTo }: EditKeyProps) {
  const t = useTranslations("keys.edit");
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      returnFocusTo={returnFocusTo}
      title={t("title", { name: limited.name })}
      description={t("lead")}
    >
      <EditForm id={id} limited={limited} onClose={onClose} />
    </Dialog>
  );
}

function EditForm({ id, limited, onClose }: Pick<EditKeyProps, "id" | "limited" | "onClose">) {
  const t = useTranslations("keys.edit");
  const common = useTranslations("common");
  const before = entryOf(limited);
  const [state, send] = useActionState(submit, { ...emptyForm, entered: before });
  const form = useFocusOnFault(state);
  const router = useRouter();

  async function submit(_: FormState, data: FormData): Promise<FormState> {
    const entered = readEntry(data);
    const answer = await updateKey(id, toKeyJson(entered, before));
    if (!answer.ok) return refusedForm(entered, answer);
    toast({ title: t("done", { name: entered.name }) });
    router.refresh();
    onClose();
    return { ...emptyForm, entered };
  }

  return (
    <form ref={form} action={send} noValidate className="flex flex-col gap-4">
      <KeyFields state={state} />
      <FormMessage>{state.message}</FormMessage>
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common("cancel")}</Button>
        <SubmitButton>{t("submit")}</SubmitButton>
      </div>
    </form>
  );
}
