"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { SwitchRow } from "../setting-rows.tsx";
import { setAlertChoices, testEmail } from "./alerts-api.ts";
import { useAct } from "./use-act.ts";

export interface EmailAlertsProps {
  email: string;
  byEmail: boolean;
  /** Whether this installation can send e-mails at all. */
  canSend: boolean;
}

/** Alerts to the account's own address. */
export function EmailAlerts({ email, byEmail, canSend }: EmailAlertsProps) {
  const t = useTranslations("alerts.email");
  const [on, setOn] = useState(byEmail);
  const { act } = useAct();
  const test = useAct();

  return (
    <div className="flex flex-col gap-3">
      {!canSend && (
        <p className="rounded-control bg-warning-soft px-3 py-2 text-pretty text-13">
          {t.rich("notConfigured", {
            code: (chunks) => <code className="font-mono">{chunks}</code>,
          })}
        </p>
      )}
      <div className="rounded-card border border-border">
        <SwitchRow
          label={t("switch", { email })}
          hint={t("hint")}
          checked={on}
          onChange={(next) => {
            setOn(next);
            void act(setAlertChoices({ byEmail: next })).then((saved) => saved || setOn(!next));
          }}
        />
      </div>
      {canSend && (
        <div>
          <Button
            size="small"
            pending={test.pending}
            onClick={() => void test.act(testEmail(), t("testSent", { email }))}
          >
            {t("test")}
          </Button>
        </div>
      )}
    </div>
  );
}
