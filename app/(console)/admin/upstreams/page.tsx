import { Server } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UpstreamTable } from "#components/admin/upstream-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { listProcesses } from "#lib/admin/store/processes.ts";
import { getDb } from "#lib/db/client.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.upstreams"))("title") };
}

/** Each process judges its upstreams for itself, so each is shown by itself. */
export default async function UpstreamsPage() {
  await requireAdmin();
  const [t, processes] = await Promise.all([getTranslations("admin.upstreams"), listProcesses(getDb())]);
  const serving = processes.filter(({ status }) => (status?.upstreams.length ?? 0) > 0);
  return (
    <div className="flex flex-col gap-6">
      <div>
        <h1 className="text-16">{t("title")}</h1>
        <p className="mt-1 max-w-180 text-pretty text-muted">{t("lead")}</p>
      </div>
      {serving.length === 0 && (
        <EmptyState icon={<Server />} title={t("empty.title")}>
          {t("empty.text")}
        </EmptyState>
      )}
      {serving.map((process) => (
        <UpstreamTable key={process.id} process={process} />
      ))}
    </div>
  );
}
