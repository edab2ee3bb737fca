"use client";

import { useTranslations } from "next-intl";
import { AlertDialog as Radix } from "radix-ui";
import { type FormEvent, type ReactNode, type RefObject, useState } from "react";
import { Button } from "./button.tsx";
import { returnFocus } from "./return-focus.ts";
import { TextField } from "./text-field.tsx";

export interface AlertDialogProps {
  trigger?: ReactNode;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** The button of the menu that the dialog was opened from. */
  returnFocusTo?: RefObject<HTMLElement | null> | undefined;
  /** Names the thing: "Revoke the key “ci”?" */
  title: string;
  /** What will be lost. */
  description: ReactNode;
  /** A verb: "Revoke key". */
  confirmLabel: string;
  /** For the worst: what must be typed before the act is possible. */
  typedName?: string | undefined;
  /** The dialog stays, busy, until it settles; it stays open with `failure` when it throws. */
  onConfirm: () => void | Promise<void>;
  /** What a failed act says; the act may be tried again. */
  failure?: string | undefined;
}

/** Asks before what cannot be undone. What can be undone is done at once, with Undo in a toast. */
export function AlertDialog({ trigger, open, onOpenChange, returnFocusTo, ...rest }: AlertDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const setOpen = (next: boolean) => {
    setOwnOpen(next);
    onOpenChange?.(next);
  };
  return (
    <Radix.Root open={open ?? ownOpen} onOpenChange={setOpen}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 grid animate-fade-in grid-cols-1 place-items-center overflow-y-auto bg-scrim p-4">
          <Radix.Content
            onCloseAutoFocus={returnFocus(returnFocusTo)}
            className="w-full max-w-110 animate-rise-in rounded-card bg-overlay p-5 shadow-float outline-none sm:p-6"
          >
            <Question {...rest} close={() => setOpen(false)} />
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}

type QuestionProps = Omit<AlertDialogProps, "trigger" | "open" | "onOpenChange" | "returnFocusTo"> & {
  close: () => void;
};

function Question({ title, description, confirmLabel, typedName, onConfirm, failure, close }: QuestionProps) {
  const t = useTranslations("common");
  const [typed, setTyped] = useState("");
  const [state, setState] = useState<"asking" | "working" | "failed">("asking");
  const allowed = typedName === undefined || typed.trim() === typedName;

  async function confirm(event: FormEvent) {
    event.preventDefault();
    if (!allowed || state === "working") return;
    setState("working");
    try {
      await onConfirm();
      close();
    } catch {
      setState("failed");
    }
  }

  return (
    <form onSubmit={confirm}>
      <Radix.Title className="break-words text-16">{title}</Radix.Title>
      <Radix.Description asChild>
        <div className="mt-1.5 text-14 text-muted">{description}</div>
      </Radix.Description>
      {typedName !== undefined && (
        <div className="mt-4">
          <TextField
            label={t("confirmByName", { name: typedName })}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </div>
      )}
      <p role="alert" className="mt-3 text-13 text-danger empty:hidden">
        {state === "failed" && (failure ?? t("notDone"))}
      </p>
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Radix.Cancel asChild>
          <Button>{t("cancel")}</Button>
        </Radix.Cancel>
        <Button type="submit" variant="danger" pending={state === "working"} disabled={!allowed}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}
