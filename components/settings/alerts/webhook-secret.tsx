"use client";

import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

export interface WebhookSecretProps {
  /** Null while there is none to show. */
  secret: string | null;
  /** Whether it takes the place of another. */
  rotated?: boolean | undefined;
  onClose: () => void;
}

/** Shows what signs the calls of a webhook its one time, until the person says it is stored. */
export function WebhookSecret({ secret, rotated = false, onClose }: WebhookSecretProps) {
  const t = useTranslations("alerts.webhooks");
  return (
    <Dialog
      open={secret !== null}
      locked
      title={t("secretTitle")}
      description={[t("secretText"), rotated ? t("overlap") : ""].filter(Boolean).join(" ")}
      footer={<Button onClick={onClose}>{t("stored")}</Button>}
    >
      {secret !== null && (
        <div className="flex flex-col gap-3 rounded-card border border-control bg-surface p-4 sm:flex-row sm:items-center">
          <code dir="ltr" className="min-w-0 flex-1 select-all break-all font-mono text-14">
            {secret}
          </code>
          <CopyButton value={secret} what={t("secretWhat")} variant="primary" className="shrink-0" />
        </div>
      )}
    </Dialog>
  );
}
