"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast-store.ts";
import { revokeKey } from "./keys-api.ts";

export interface RevokeKeyProps {
  id: string;
  name: string;
  /** Where a menu opens it; without them it has a button of its own. */
  menu?: {
    open: boolean;
    onOpenChange: (open: boolean) => void;
    returnFocusTo: RefObject<HTMLElement | null>;
  };
}

/** Asks, naming the key, since a revocation cannot be undone. */
export function RevokeKey({ id, name, menu }: RevokeKeyProps) {
  const t = useTranslations("keys.revoke");
  const router = useRouter();
  const [failure, setFailure] = useState<string>();

  async function revoke(): Promise<void> {
    const answer = await revokeKey(id);
    if (!answer.ok) {
      setFailure(answer.message);
      throw new Error(answer.message);
    }
    toast({ title: t("done", { name }) });
    router.refresh();
  }

  return (
    <AlertDialog
      {...(menu ?? {
        trigger: (
          <Button variant="quiet" size="small" aria-label={t("name", { name })}>
            {t("button")}
          </Button>
        ),
      })}
      title={t("title", { name })}
      description={t("text")}
      confirmLabel={t("confirm")}
      failure={failure}
      onConfirm={revoke}
    />
  );
}
