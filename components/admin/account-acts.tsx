"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ApiAnswer } from "#components/forms/call-api.ts";
import { FormMessage } from "#components/forms/form-message.tsx";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { toast } from "#components/ui/toast-store.ts";
import type { AccountState } from "#lib/admin/account-views.ts";
import { changeAccount, deleteAccount, endAccountSessions } from "./admin-api.ts";

interface AccountActsProps {
  id: string;
  email: string;
  state: AccountState;
  /** Admins can be neither disabled nor deleted. */
  admin: boolean;
  sessions: number;
}

/** What an admin can do to an account. */
export function AccountActs({ id, email, state, admin, sessions }: AccountActsProps) {
  const t = useTranslations("admin.accounts.acts");
  const router = useRouter();
  const [message, setMessage] = useState<string | null>(null);

  async function run(act: Promise<ApiAnswer<null>>, done: string): Promise<void> {
    const answer = await act;
    setMessage(answer.ok ? null : answer.message);
    if (!answer.ok) throw new Error(answer.message);
    toast({ title: done });
    router.refresh();
  }

  return (
    <section aria-labelledby="account-acts" className="flex flex-col gap-4">
      <h2 id="account-acts" className="text-16">
        {t("title")}
      </h2>
      <div className="flex flex-wrap gap-2">
        <AlertDialog
          trigger={<Button disabled={sessions === 0}>{t("endSessions")}</Button>}
          title={t("endSessionsAsk", { email })}
          description={t("endSessionsText", { count: sessions })}
          confirmLabel={t("endSessions")}
          onConfirm={() => run(endAccountSessions(id), t("sessionsEnded"))}
        />
        {state === "disabled" && (
          <Button
            onClick={() => run(changeAccount(id, { disabled: false }), t("enabled")).catch(() => undefined)}
          >
            {t("enable")}
          </Button>
        )}
        {state === "active" && (
          <AlertDialog
            trigger={<Button disabled={admin}>{t("disable")}</Button>}
            title={t("disableAsk", { email })}
            description={t("disableText")}
            confirmLabel={t("disable")}
            onConfirm={() => run(changeAccount(id, { disabled: true }), t("disabled"))}
          />
        )}
        <AlertDialog
          trigger={
            <Button variant="danger" disabled={admin}>
              {t("delete")}
            </Button>
          }
          title={t("deleteAsk", { email })}
          description={t("deleteText")}
          confirmLabel={t("delete")}
          typedName={email}
          onConfirm={async () => {
            await run(deleteAccount(id, email), t("deleted", { email }));
            router.push("/admin/accounts");
          }}
        />
      </div>
      {admin && <p className="text-13 text-muted">{t("adminHint")}</p>}
      <FormMessage>{message}</FormMessage>
    </section>
  );
}
