import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DatabaseTables } from "#components/admin/database-tables.tsx";
import { ProcessTable } from "#components/admin/process-table.tsx";
import { SystemTiles } from "#components/admin/system-tiles.tsx";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { listProcesses } from "#lib/admin/store/processes.ts";
import { getSystemFacts } from "#lib/admin/store/system.ts";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { version } from "#lib/ops/version.ts";
import { getKeptFrom } from "#lib/usage/store/retention.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.system"))("title") };
}

export default async function SystemPage() {
  await requireAdmin();
  const db = getDb();
  const { databaseUrl, files, requestLogDays } = getConfig();
  const [t, facts, processes, keptFrom] = await Promise.all([
    getTranslations("admin.system"),
    getSystemFacts(db),
    listProcesses(db),
    getKeptFrom(db),
  ]);
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-16">{t("title")}</h1>
      <SystemTiles
        facts={facts}
        version={version}
        embedded={databaseUrl === null}
        fileStore={files.store.kind}
        log={{ keptFrom, days: requestLogDays }}
      />
      <ProcessTable processes={processes} />
      <DatabaseTables facts={facts} />
    </div>
  );
}
