import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getBaseUrl } from "#app/base-url.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { BreakdownTable } from "#components/console/usage/breakdown-table.tsx";
import { KeepCurrent } from "#components/console/usage/keep-current.tsx";
import { LogHorizon } from "#components/console/usage/log-horizon.tsx";
import { MainChart } from "#components/console/usage/main-chart.tsx";
import { NoUsage } from "#components/console/usage/no-usage.tsx";
import { SideCharts } from "#components/console/usage/side-charts.tsx";
import { Tiles } from "#components/console/usage/tiles.tsx";
import { UsageHead } from "#components/console/usage/usage-head.tsx";
import { paramsOf, usageHref } from "#components/console/usage/usage-href.ts";
import { paths } from "#components/shell/paths.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { defaultModelId } from "#lib/models/catalog.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getMonthSpend } from "#lib/usage/store/allowances.ts";
import { getQuotaToday } from "#lib/usage/store/reports.ts";
import { hasRequests } from "#lib/usage/store/requests.ts";
import { getKeptFrom } from "#lib/usage/store/retention.ts";
import { getUsagePanels } from "#lib/usage/store/usage-panels.ts";
import { getFilterChoices } from "../filter-choices.ts";
import { questionOf, type SearchParams } from "../question-of.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("usage"))("title") };
}

const stacks = ["model", "key", "source", "tag", "kind"] as const;

export default async function UsagePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const account = await requireAccount();
  const db = getDb();
  const now = new Date();
  const question = await questionOf(await searchParams, now);
  const [t, panels, choices, quota, month, used, baseUrl, keptFrom] = await Promise.all([
    getTranslations("usage"),
    getUsagePanels(db, { kind: "account", accountId: account.id }, question),
    getFilterChoices(account.id, question),
    getQuotaToday(db, account.id, getConfig().limits, now),
    getMonthSpend(db, account.id, now),
    hasRequests(db, account.id),
    getBaseUrl(),
    getKeptFrom(db),
  ]);
  const shared = { path: paths.usage, question, series: panels.series, names: choices.names };
  return (
    <ClientMessages areas={["usage", "requests"]}>
      <div className="mx-auto flex w-full max-w-280 flex-col gap-4 px-4 py-6 sm:px-8 sm:py-8">
        <KeepCurrent timeZone={question.timeZone} refreshAtMs={quota?.resetsAt.getTime() ?? null} />
        <UsageHead path={paths.usage} question={question} choices={choices}>
          <ButtonLink href={usageHref(paths.requests, paramsOf(question))} size="small">
            {t("toLog")}
          </ButtonLink>
        </UsageHead>
        <LogHorizon keptFrom={keptFrom} from={question.range.from} timeZone={question.timeZone} />
        <Tiles quota={quota} panels={panels} month={{ ...month, now }} />
        {used ? (
          <>
            <MainChart {...shared} stacks={stacks} />
            <SideCharts {...shared} />
            {panels.breakdown.length > 0 && (
              <BreakdownTable
                by={question.by === "kind" ? "model" : question.by}
                rows={panels.breakdown}
                names={choices.names}
                params={paramsOf(question)}
                logPath={paths.requests}
                exportPath="/api/usage/export"
              />
            )}
          </>
        ) : (
          <NoUsage baseUrl={baseUrl} model={defaultModelId} />
        )}
      </div>
    </ClientMessages>
  );
}
