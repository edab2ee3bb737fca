import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ReconcileActs } from "#components/admin/reconcile-acts.tsx";
import { ReconcileReportView } from "#components/admin/reconcile-report.tsx";
import { ReconcileRuns } from "#components/admin/reconcile-runs.tsx";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { listReconciliations } from "#lib/admin/store/reconciliations.ts";
import { getDb } from "#lib/db/client.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.reconcile"))("title") };
}

export default async function ReconcilePage() {
  await requireAdmin();
  const [t, runs] = await Promise.all([
    getTranslations("admin.reconcile"),
    listReconciliations(getDb(), new Date()),
  ]);
  const [latest] = runs;
  const running = latest?.state === "running" ? latest : null;
  const reported = runs.find(({ report }) => report !== null);
  return (
    <div className="flex flex-col gap-6">
      <div>
        <h1 className="text-16">{t("title")}</h1>
        <p className="mt-1 max-w-180 text-pretty text-muted">{t("lead")}</p>
      </div>
      <ReconcileActs running={running && { done: running.doneSteps, total: running.totalSteps }} />
      {reported?.report && <ReconcileReportView run={reported} report={reported.report} />}
      {runs.length > 0 && <ReconcileRuns runs={runs} />}
    </div>
  );
}
