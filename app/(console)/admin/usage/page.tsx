import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { questionOf, type SearchParams } from "#app/(console)/usage/question-of.ts";
import { BreakdownTable } from "#components/console/usage/breakdown-table.tsx";
import { KeepCurrent } from "#components/console/usage/keep-current.tsx";
import { MainChart } from "#components/console/usage/main-chart.tsx";
import { SideCharts } from "#components/console/usage/side-charts.tsx";
import { Tiles } from "#components/console/usage/tiles.tsx";
import { UsageHead } from "#components/console/usage/usage-head.tsx";
import { paramsOf } from "#components/console/usage/usage-href.ts";
import type { ValueNames } from "#components/console/usage/value-names.ts";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { getEmails, getInstallationMonth } from "#lib/admin/store/accounts.ts";
import { getDb } from "#lib/db/client.ts";
import { listModels } from "#lib/models/catalog.ts";
import { settledStatuses } from "#lib/usage/settlement.ts";
import { getUsagePanels } from "#lib/usage/store/usage-panels.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.usage"))("title") };
}

const path = "/admin/usage";
/** Keys and tags are looked at within an account: of all accounts they are too many to read at once. */
const stacks = ["model", "account", "source", "kind"] as const;

/** The panels of `/usage` for all accounts together. */
export default async function InstallationUsagePage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  await requireAdmin();
  const db = getDb();
  const now = new Date();
  const question = await questionOf(await searchParams, now);
  const [t, panels, spentNanoUsd] = await Promise.all([
    getTranslations("admin.usage"),
    getUsagePanels(db, { kind: "installation" }, question),
    getInstallationMonth(db, now),
  ]);
  const shownIds = question.by === "account" ? panels.breakdown.map(({ value }) => value) : [];
  const names = await namesOf(await getEmails(db, [...shownIds, ...(question.filter.account ?? [])]));
  const shared = { path, question, series: panels.series, names };
  return (
    <div className="flex flex-col gap-4">
      <KeepCurrent timeZone={question.timeZone} refreshAtMs={null} />
      <UsageHead
        path={path}
        question={question}
        choices={{ names, options: optionsOf() }}
        title={t("title")}
      />
      <Tiles panels={panels} month={{ spentNanoUsd, budgetNanoUsd: null, now }} />
      <MainChart {...shared} stacks={stacks} />
      <SideCharts {...shared} />
      {panels.breakdown.length > 0 && (
        <BreakdownTable
          by={question.by === "kind" ? "model" : question.by}
          rows={panels.breakdown}
          names={names}
          params={paramsOf(question)}
          logPath={path}
          exportPath="/api/admin/usage/export"
          exports={["breakdown"]}
        />
      )}
    </div>
  );
}

async function namesOf(accounts: Record<string, string>): Promise<ValueNames> {
  const t = await getTranslations("usage");
  return {
    keys: {},
    accounts,
    chat: t("value.chat"),
    api: t("value.api"),
    noTag: t("value.noTag"),
    statuses: Object.fromEntries(settledStatuses.map((status) => [status, t(`status.${status}`)])),
  };
}

function optionsOf() {
  return {
    key: [],
    tag: [],
    model: listModels().map(({ id }) => id),
    source: ["api", "chat"],
    status: [...settledStatuses],
  };
}
