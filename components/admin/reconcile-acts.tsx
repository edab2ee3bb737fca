"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { FormMessage } from "#components/forms/form-message.tsx";
import { AlertDialog } from "#components/ui/alert-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { startReconciliation } from "./admin-api.ts";

const refreshMs = 1_000;

interface ReconcileActsProps {
  /** Steps of the run under way; null when there is none. */
  running: { done: number; total: number } | null;
}

/** Starts a run, and shows how far the one under way is, in whichever process it goes on. */
export function ReconcileActs({ running }: ReconcileActsProps) {
  const t = useTranslations("admin.reconcile");
  const router = useRouter();
  const [message, setMessage] = useState<string | null>(null);
  const isRunning = running !== null;

  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => router.refresh(), refreshMs);
    return () => clearInterval(timer);
  }, [isRunning, router]);

  async function start(repair: boolean) {
    const answer = await startReconciliation(repair);
    setMessage(answer.ok ? null : answer.message);
    router.refresh();
  }

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" pending={isRunning} onClick={() => start(false)}>
          {t("check")}
        </Button>
        <AlertDialog
          trigger={<Button disabled={isRunning}>{t("repair")}</Button>}
          title={t("repairAsk")}
          description={t("repairText")}
          confirmLabel={t("repair")}
          onConfirm={() => start(true)}
        />
      </div>
      {running && (
        <div className="flex max-w-120 flex-col gap-1.5">
          <progress
            aria-label={t("progress")}
            className="h-1.5 w-full accent-accent"
            {...(running.total > 0 ? { value: running.done, max: running.total } : {})}
          />
          <p className="figures text-13 text-muted">
            {running.total > 0 ? t("steps", { done: running.done, total: running.total }) : t("begins")}
          </p>
        </div>
      )}
      <FormMessage>{message}</FormMessage>
    </div>
  );
}
