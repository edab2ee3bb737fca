import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import type { SearchParams } from "#app/(console)/usage/question-of.ts";
import { AuditFilters } from "#components/admin/audit-filters.tsx";
import { AuditTable } from "#components/admin/audit-table.tsx";
import { Pager } from "#components/admin/pager.tsx";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { listAuditActions, listAuditEvents } from "#lib/admin/store/audit-log.ts";
import { getDb } from "#lib/db/client.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.audit"))("title") };
}

const word = z.string().trim().max(300).optional().catch(undefined);
const day = z.iso.date().optional().catch(undefined);
const paramsSchema = z.object({ account: word, action: word, from: day, to: day, after: word });

const dayMs = 86_400_000;

/** What was done with a privilege, by whom, on whom. Days are UTC, the last one included. */
export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireAdmin();
  const { after, ...params } = paramsSchema.parse(await searchParams);
  const db = getDb();
  const [t, { events, nextCursor }, actions] = await Promise.all([
    getTranslations("admin.audit"),
    listAuditEvents(
      db,
      {
        account: params.account,
        action: params.action,
        from: params.from ? new Date(params.from) : undefined,
        to: params.to ? new Date(Date.parse(params.to) + dayMs) : undefined,
      },
      after,
    ),
    listAuditActions(db),
  ]);
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="text-16">{t("title")}</h1>
        <p className="mt-1 text-pretty text-muted">{t("lead")}</p>
      </div>
      <AuditFilters params={params} actions={actions} />
      <AuditTable events={events} />
      <Pager path="/admin/audit" params={params} nextCursor={nextCursor} atStart={after === undefined} />
    </div>
  );
}
