import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readLogParams } from "#app/(console)/usage/log-params.ts";
import { questionOf, type SearchParams } from "#app/(console)/usage/question-of.ts";
import { FindRequest } from "#components/console/requests/find-request.tsx";
import { LogChart } from "#components/console/requests/log-chart.tsx";
import { RequestLog } from "#components/console/requests/request-log.tsx";
import { KeepCurrent } from "#components/console/usage/keep-current.tsx";
import { LogHorizon } from "#components/console/usage/log-horizon.tsx";
import { UsageHead } from "#components/console/usage/usage-head.tsx";
import { paramsOf, usageHref } from "#components/console/usage/usage-href.ts";
import { paths } from "#components/shell/paths.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { stretchesOf } from "#lib/usage/log-histogram.ts";
import { parseCursor } from "#lib/usage/request-cursor.ts";
import { getLogHistogram } from "#lib/usage/store/log-histogram.ts";
import { narrowStretches } from "#lib/usage/store/narrow-stretches.ts";
import { findLogged, listLog } from "#lib/usage/store/request-log.ts";
import { getKeptFrom } from "#lib/usage/store/retention.ts";
import type { UsageQuestion } from "#lib/usage/usage-question.ts";
import { getAdminChoices } from "../../usage/admin-choices.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.requests"))("title") };
}

const pageSize = 50;
const installation = { kind: "installation" } as const;
const log = { path: paths.allRequests, tailPath: "/api/admin/requests/tail" };

/** The log of all accounts, with the filters of their usage. */
export default async function AllRequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireAdmin();
  const params = await searchParams;
  const { after, id } = readLogParams(params);
  const now = new Date();
  const question = await questionOf(params, now);
  const [t, choices] = await Promise.all([
    getTranslations("admin.requests"),
    getAdminChoices(question, { accounts: [], keys: [] }),
  ]);
  return (
    <div className="flex flex-col gap-6">
      <KeepCurrent timeZone={question.timeZone} refreshAtMs={null} />
      <UsageHead path={log.path} question={question} choices={choices} title={t("title")} level="page">
        <FindRequest path={log.path} id={id ?? ""} />
        <ButtonLink href={usageHref(paths.allUsage, paramsOf(question))} size="small">
          {t("toUsage")}
        </ButtonLink>
      </UsageHead>
      {id === undefined ? (
        <Log question={question} after={after} now={now} />
      ) : (
        <OneRequest id={id} now={now} />
      )}
    </div>
  );
}

async function Log({
  question,
  after,
  now,
}: {
  question: UsageQuestion;
  after: string | undefined;
  now: Date;
}) {
  const db = getDb();
  const t = await getTranslations("usage.empty");
  const histogram = await getLogHistogram(db, installation, question);
  const { filter, range } = question;
  const begin = after === undefined ? null : parseCursor(after);
  const stretches = await narrowStretches(db, {
    filter,
    stretches: stretchesOf(histogram, now),
    before: begin?.createdAt ?? range.to,
    wanted: pageSize + 1,
    now,
  });
  const page = await listLog(db, installation, { limit: pageSize, after, filter, stretches });
  const params = paramsOf(question);
  return (
    <>
      <LogHorizon keptFrom={await getKeptFrom(db)} from={range.from} timeZone={question.timeZone} />
      <LogChart path={log.path} question={question} histogram={histogram} />
      <RequestLog
        // What was followed is of one question; another begins anew.
        key={JSON.stringify([params, after])}
        {...log}
        params={params}
        after={after}
        requests={page.requests}
        nextCursor={page.nextCursor}
        canFollow={after === undefined && range.to > now}
        builtAt={now.toISOString()}
        empty={t("filtered")}
      />
    </>
  );
}

async function OneRequest({ id, now }: { id: string; now: Date }) {
  const t = await getTranslations("requests.search");
  const found = await findLogged(getDb(), installation, id);
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
