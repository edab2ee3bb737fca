"use client";

import { Ellipsis, Pencil, Power, RefreshCw, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { DropdownMenu, MenuItem } from "#components/ui/dropdown-menu.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { EditKey } from "./edit-key.tsx";
import type { LimitedKey } from "./key-entry.ts";
import { rotateKey, updateKey } from "./keys-api.ts";
import { RevokeKey } from "./revoke-key.tsx";
import { SecretDialog } from "./secret-dialog.tsx";

export interface KeyMenuProps {
  id: string;
  /** Whether it is switched off. */
  disabled: boolean;
  limited: LimitedKey;
  baseUrl: string;
  model: string;
}

type Step =
  | { at: "closed" | "editing" | "rotating" | "revoking" }
  | { at: "made"; name: string; apiKey: string };

/** What can be done with a key besides revoking it: change its limits, rotate it, switch it off and on. */
export function KeyMenu({ id, disabled, limited, baseUrl, model }: KeyMenuProps) {
  const t = useTranslations("keys");
  const [step, setStep] = useState<Step>({ at: "closed" });
  const [failure, setFailure] = useState<string>();
  const button = useRef<HTMLButtonElement>(null);
  const router = useRouter();
  const { name } = limited;
  const close = () => setStep({ at: "closed" });

  async function rotate(): Promise<void> {
    const answer = await rotateKey(id);
    if (!answer.ok) {
      setFailure(answer.message);
      throw new Error(answer.message);
    }
    setStep({ at: "made", name: answer.data.key.name, apiKey: answer.data.apiKey });
    router.refresh();
  }

  /** Can be undone at once, so it does not ask. */
  async function switchKey(off: boolean): Promise<void> {
    const answer = await updateKey(id, { disabled: off });
    if (!answer.ok) {
      toast({ tone: "danger", title: t("switch.failed", { name }), description: answer.message });
      return;
    }
    toast({
      title: t(off ? "switch.disabled" : "switch.enabled", { name }),
      ...(off && { action: { label: t("menu.enable"), onAct: () => void switchKey(false) } }),
    });
    router.refresh();
  }

  return (
    <>
      <DropdownMenu
        trigger={
          <button
            ref={button}
            type="button"
            aria-label={t("menu.name", { name })}
            className="target-square grid shrink-0 place-items-center rounded-control text-muted hover:bg-raised hover:text-foreground data-[state=open]:bg-raised"
          >
            <Ellipsis aria-hidden="true" className="size-4" />
          </button>
        }
      >
        <MenuItem icon={<Pencil aria-hidden="true" />} onSelect={() => setStep({ at: "editing" })}>
          {t("menu.change")}
        </MenuItem>
        <MenuItem icon={<RefreshCw aria-hidden="true" />} onSelect={() => setStep({ at: "rotating" })}>
          {t("menu.rotate")}
        </MenuItem>
        <MenuItem icon={<Power aria-hidden="true" />} onSelect={() => void switchKey(!disabled)}>
          {t(disabled ? "menu.enable" : "menu.disable")}
        </MenuItem>
        <MenuItem
          icon={<Trash2 aria-hidden="true" />}
          tone="danger"
          onSelect={() => setStep({ at: "revoking" })}
        >
          {t("revoke.button")}
        </MenuItem>
      </DropdownMenu>
      <EditKey
        id={id}
        limited={limited}
        open={step.at === "editing"}
        onClose={close}
        returnFocusTo={button}
      />
      <AlertDialog
        open={step.at === "rotating"}
        onOpenChange={() => setStep((now) => (now.at === "rotating" ? { at: "closed" } : now))}
        returnFocusTo={button}
        title={t("rotate.title", { name })}
        description={t("rotate.text")}
        confirmLabel={t("rotate.confirm")}
        failure={failure}
        onConfirm={rotate}
      />
      <RevokeKey
        id={id}
        name={name}
        menu={{
          open: step.at === "revoking",
          onOpenChange: () => setStep((now) => (now.at === "revoking" ? { at: "closed" } : now)),
          returnFocusTo: button,
        }}
      />
      <SecretDialog
        made={step.at === "made" ? step : null}
        baseUrl={baseUrl}
        model={model}
        note={t("rotate.note")}
        onClose={close}
      />
    </>
  );
}
