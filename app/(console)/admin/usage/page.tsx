import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { questionOf, type SearchParams } from "#app/(console)/usage/question-of.ts";
import { BreakdownTable } from "#components/console/usage/breakdown-table.tsx";
import { KeepCurrent } from "#components/console/usage/keep-current.tsx";
import { MainChart } from "#components/console/usage/main-chart.tsx";
import { SideCharts } from "#components/console/usage/side-charts.tsx";
import { Tiles } from "#components/console/usage/tiles.tsx";
import { UsageHead } from "#components/console/usage/usage-head.tsx";
import { paramsOf, usageHref } from "#components/console/usage/usage-href.ts";
import { paths } from "#components/shell/paths.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { getInstallationMonth } from "#lib/admin/store/accounts.ts";
import { getDb } from "#lib/db/client.ts";
import { getUsagePanels } from "#lib/usage/store/usage-panels.ts";
import type { UsageStack } from "#lib/usage/usage-question.ts";
import { getAdminChoices } from "./admin-choices.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.usage"))("title") };
}

const path = paths.allUsage;
const stacks = ["model", "account", "key", "source", "tag", "kind"] as const;
/** Of all accounts and keys a page shows those with the most. */
const mostRows = 200;

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
  const { by } = question;
  const [t, panels, spentNanoUsd] = await Promise.all([
    getTranslations("admin.usage"),
    getUsagePanels(db, { kind: "installation" }, question),
    getInstallationMonth(db, now),
  ]);
  const rows = panels.breakdown.slice(0, mostRows);
  const shown = (dimension: UsageStack) => (by === dimension ? rows.map(({ value }) => value) : []);
  const choices = await getAdminChoices(question, { accounts: shown("account"), keys: shown("key") });
  const shared = { path, question, series: panels.series, names: choices.names };
  return (
    <div className="flex flex-col gap-4">
      <KeepCurrent timeZone={question.timeZone} refreshAtMs={null} />
      <UsageHead path={path} question={question} choices={choices} title={t("title")} level="page">
        <ButtonLink href={usageHref(paths.allRequests, paramsOf(question))} size="small">
          {t("toLog")}
        </ButtonLink>
      </UsageHead>
      <Tiles panels={panels} month={{ spentNanoUsd, budgetNanoUsd: null, now }} />
      <MainChart {...shared} stacks={stacks} />
      <SideCharts {...shared} />
      {rows.length > 0 && (
        <BreakdownTable
          by={by === "kind" ? "model" : by}
          rows={rows}
          total={panels.breakdown.length}
          names={choices.names}
          params={paramsOf(question)}
          logPath={paths.allRequests}
          exportPath="/api/admin/usage/export"
          exports={["breakdown"]}
        />
      )}
    </div>
  );
}
