import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { FindRequest } from "#components/console/requests/find-request.tsx";
import { KeepCurrent } from "#components/console/usage/keep-current.tsx";
import { UsageHead } from "#components/console/usage/usage-head.tsx";
import { paramsOf, usageHref } from "#components/console/usage/usage-href.ts";
import { paths } from "#components/shell/paths.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getFilterChoices } from "../../filter-choices.ts";
import { readLogParams } from "../../log-params.ts";
import { LogView, OneRequest } from "../../log-view.tsx";
import { questionOf, type SearchParams } from "../../question-of.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("usage"))("log") };
}

/** The log: the requests that the range and the filters of the usage page let through, or the one with an id. */
export default async function RequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const account = await requireAccount();
  const params = await searchParams;
  const { after, id } = readLogParams(params);
  const now = new Date();
  const question = await questionOf(params, now);
  const [t, choices] = await Promise.all([getTranslations("usage"), getFilterChoices(account.id, question)]);
  const log = {
    scope: { kind: "account", accountId: account.id },
    path: paths.requests,
    tailPath: "/api/usage/requests/tail",
  } as const;
  return (
    <ClientMessages areas={["usage", "requests"]}>
      <div className="mx-auto flex w-full max-w-280 flex-col gap-6 px-4 py-6 sm:px-8 sm:py-8">
        <KeepCurrent timeZone={question.timeZone} refreshAtMs={null} />
        <UsageHead path={log.path} question={question} choices={choices} title={t("log")}>
          <FindRequest path={log.path} id={id ?? ""} />
          <ButtonLink href={usageHref(paths.usage, paramsOf(question))} size="small">
            {t("title")}
          </ButtonLink>
        </UsageHead>
        {id === undefined ? (
          <LogView log={log} question={question} after={after} now={now} />
        ) : (
          <OneRequest log={log} id={id} now={now} />
        )}
      </div>
    </ClientMessages>
  );
}
