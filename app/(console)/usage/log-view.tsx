import { getTranslations } from "next-intl/server";
import { getBaseUrl } from "#app/base-url.ts";
import { LogChart } from "#components/console/requests/log-chart.tsx";
import { RequestLog } from "#components/console/requests/request-log.tsx";
import { LogHorizon } from "#components/console/usage/log-horizon.tsx";
import { NoUsage } from "#components/console/usage/no-usage.tsx";
import { paramsOf } from "#components/console/usage/usage-href.ts";
import { getDb } from "#lib/db/client.ts";
import { defaultModelId } from "#lib/models/catalog.ts";
import { stretchesOf } from "#lib/usage/log-histogram.ts";
import { parseCursor } from "#lib/usage/request-cursor.ts";
import { getLogHistogram } from "#lib/usage/store/log-histogram.ts";
import { narrowStretches } from "#lib/usage/store/narrow-stretches.ts";
import { findLogged, listLog } from "#lib/usage/store/request-log.ts";
import { hasRequests } from "#lib/usage/store/requests.ts";
import { getKeptFrom } from "#lib/usage/store/retention.ts";
import type { UsageScope } from "#lib/usage/usage-filter.ts";
import type { UsageQuestion } from "#lib/usage/usage-question.ts";

const pageSize = 50;

/** Whose log it is, and where it is asked for. */
interface LogPlace {
  scope: UsageScope;
  path: string;
  tailPath: string;
}

interface LogViewProps {
  log: LogPlace;
  question: UsageQuestion;
  after: string | undefined;
  now: Date;
}

/** A page of a log under its histogram: the requests that the range and the filters let through. */
export async function LogView({ log: { scope, ...log }, question, after, now }: LogViewProps) {
  const db = getDb();
  const { filter, range } = question;
  const t = await getTranslations("usage.empty");
  const histogram = await getLogHistogram(db, scope, question);
  let stretches = stretchesOf(histogram, now);
  if (scope.kind === "installation") {
    const begin = after === undefined ? null : parseCursor(after);
    const before = begin?.createdAt ?? range.to;
    stretches = await narrowStretches(db, { filter, stretches, before, wanted: pageSize + 1, now });
  }
  const page = await listLog(db, scope, { limit: pageSize, after, filter, stretches });
  const params = paramsOf(question);
  const used =
    scope.kind === "installation" || page.requests.length > 0 || (await hasRequests(db, scope.accountId));
  return (
    <>
      <LogHorizon keptFrom={await getKeptFrom(db)} from={range.from} timeZone={question.timeZone} />
      {used && <LogChart path={log.path} question={question} histogram={histogram} />}
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
        empty={used ? t("filtered") : <NoUsage baseUrl={await getBaseUrl()} model={defaultModelId} />}
      />
    </>
  );
}

/** The one request with an id, in place of a page. */
export async function OneRequest({
  log: { scope, ...log },
  id,
  now,
}: {
  log: LogPlace;
  id: string;
  now: Date;
}) {
  const t = await getTranslations("requests.search");
  const found = await findLogged(getDb(), scope, id);
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
