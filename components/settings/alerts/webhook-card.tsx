"use client";

import { RefreshCw, Send, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import { SwitchRow } from "../setting-rows.tsx";
import { deleteWebhook, rotateWebhook, switchWebhook, testWebhook } from "./alerts-api.ts";
import { useAct } from "./use-act.ts";
import { WebhookSecret } from "./webhook-secret.tsx";

export interface ListedWebhook {
  id: string;
  url: string;
  enabled: boolean;
  createdAt: Date;
}

/** One webhook and what can be done with it. */
export function WebhookCard({ webhook: { id, url, enabled, createdAt } }: { webhook: ListedWebhook }) {
  const t = useTranslations("alerts.webhooks");
  const [on, setOn] = useState(enabled);
  const [secret, setSecret] = useState<string | null>(null);
  const [failure, setFailure] = useState<string>();
  const { act } = useAct();
  const test = useAct();
  const router = useRouter();

  async function rotate(): Promise<void> {
    const answer = await rotateWebhook(id);
    if (!answer.ok) {
      setFailure(answer.message);
      throw new Error(answer.message);
    }
    setSecret(answer.data.secret);
    router.refresh();
  }

  return (
    <section aria-label={url} className="overflow-hidden rounded-card border border-border">
      <div className="[overflow-wrap:anywhere]">
        <SwitchRow
          label={url}
          hint={t("switchHint")}
          checked={on}
          onChange={(next) => {
            setOn(next);
            void act(switchWebhook(id, next)).then((saved) => saved || setOn(!next));
          }}
        />
      </div>
      <div className="flex flex-wrap items-center gap-1 border-border border-t bg-surface px-2 py-1.5">
        <Button
          size="small"
          variant="quiet"
          pending={test.pending}
          onClick={() => void test.act(testWebhook(id), t("testSent"))}
        >
          {!test.pending && <Send aria-hidden="true" />}
          {t("test")}
        </Button>
        <AlertDialog
          trigger={
            <Button size="small" variant="quiet">
              <RefreshCw aria-hidden="true" />
              {t("rotate")}
            </Button>
          }
          title={t("rotateTitle")}
          description={t("rotateText")}
          confirmLabel={t("rotate")}
          failure={failure}
          onConfirm={rotate}
        />
        <AlertDialog
          trigger={
            <Button size="small" variant="quiet">
              <Trash2 aria-hidden="true" />
              {t("delete")}
            </Button>
          }
          title={t("deleteTitle")}
          description={t("deleteText", { url })}
          confirmLabel={t("delete")}
          onConfirm={async () => {
            await act(deleteWebhook(id), t("deleted"));
          }}
        />
        <span className="ml-auto px-2 text-12 text-muted">
          <TimeAgo at={createdAt} />
        </span>
      </div>
      <WebhookSecret secret={secret} rotated onClose={() => setSecret(null)} />
    </section>
  );
}
