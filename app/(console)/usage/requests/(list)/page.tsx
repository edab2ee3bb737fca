import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getBaseUrl } from "#app/base-url.ts";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { FindRequest } from "#components/console/requests/find-request.tsx";
import { LogChart } from "#components/console/requests/log-chart.tsx";
import { RequestLog } from "#components/console/requests/request-log.tsx";
import { KeepCurrent } from "#components/console/usage/keep-current.tsx";
import { LogHorizon } from "#components/console/usage/log-horizon.tsx";
import { NoUsage } from "#components/console/usage/no-usage.tsx";
import { UsageHead } from "#components/console/usage/usage-head.tsx";
import { paramsOf, usageHref } from "#components/console/usage/usage-href.ts";
import { paths } from "#components/shell/paths.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { defaultModelId } from "#lib/models/catalog.ts";
import { stretchesOf } from "#lib/usage/log-histogram.ts";
import { getLogHistogram } from "#lib/usage/store/log-histogram.ts";
import { findLogged, listLog } from "#lib/usage/store/request-log.ts";
import { hasRequests } from "#lib/usage/store/requests.ts";
import { getKeptFrom } from "#lib/usage/store/retention.ts";
import type { UsageQuestion } from "#lib/usage/usage-question.ts";
import { getFilterChoices } from "../../filter-choices.ts";
import { readLogParams } from "../../log-params.ts";
import { questionOf, type SearchParams } from "../../question-of.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("usage"))("log") };
}

const pageSize = 50;
const log = { path: paths.requests, tailPath: "/api/usage/requests/tail" };
/** The log: the requests that the range and the filters of the usage page let through, or the one with an id. */
export default async function RequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const account = await requireAccount();
  const params = await searchParams;
  const { after, id } = readLogParams(params);
  const now = new Date();
  const question = await questionOf(params, now);
  const [t, choices] = await Promise.all([getTranslations("usage"), getFilterChoices(account.id, question)]);
  return (
    <ClientMessages areas={["usage", "requests"]}>
      <div className="mx-auto flex w-full max-w-280 flex-col gap-6 px-4 py-6 sm:px-8 sm:py-8">
        <KeepCurrent timeZone={question.timeZone} refreshAtMs={null} />
        <UsageHead path={paths.requests} question={question} choices={choices} title={t("log")}>
          <FindRequest path={paths.requests} id={id ?? ""} />
          <ButtonLink href={usageHref(paths.usage, paramsOf(question))} size="small">
            {t("title")}
          </ButtonLink>
        </UsageHead>
        {id === undefined ? (
          <Log accountId={account.id} question={question} after={after} now={now} />
        ) : (
          <OneRequest accountId={account.id} id={id} now={now} />
        )}
      </div>
    </ClientMessages>
  );
}

interface LogProps {
  accountId: string;
  question: UsageQuestion;
  after: string | undefined;
  now: Date;
}

async function Log({ accountId, question, after, now }: LogProps) {
  const db = getDb();
  const t = await getTranslations("usage.empty");
  const histogram = await getLogHistogram(db, { kind: "account", accountId }, question);
  const page = await listLog(
    db,
    { kind: "account", accountId },
    {
      limit: pageSize,
      after,
      filter: question.filter,
      stretches: stretchesOf(histogram, now),
    },
  );
  const params = paramsOf(question);
  const used = page.requests.length > 0 || (await hasRequests(db, accountId));
  return (
    <>
      <LogHorizon keptFrom={await getKeptFrom(db)} from={question.range.from} timeZone={question.timeZone} />
      {used && <LogChart path={paths.requests} question={question} histogram={histogram} />}
      <RequestLog
        // What was followed is of one question; another begins anew.
        key={JSON.stringify([params, after])}
        {...log}
        params={params}
        after={after}
        requests={page.requests}
        nextCursor={page.nextCursor}
        canFollow={after === undefined && question.range.to > now}
        builtAt={now.toISOString()}
        empty={used ? t("filtered") : <NoUsage baseUrl={await getBaseUrl()} model={defaultModelId} />}
      />
    </>
  );
}

async function OneRequest({ accountId, id, now }: { accountId: string; id: string; now: Date }) {
  const t = await getTranslations("requests.search");
  const found = await findLogged(getDb(), { kind: "account", accountId }, id);
  return (
    <RequestLog
      {...log}
      params={{ id }}
      requests={found ? [found] : []}
      nextCursor={null}
      canFollow={false}
      builtAt={now.toISOString()}
      empty={t("none", { id })}
    />
  );
}
