import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readLogParams } from "#app/(console)/usage/log-params.ts";
import { LogView, OneRequest } from "#app/(console)/usage/log-view.tsx";
import { questionOf, type SearchParams } from "#app/(console)/usage/question-of.ts";
import { FindRequest } from "#components/console/requests/find-request.tsx";
import { KeepCurrent } from "#components/console/usage/keep-current.tsx";
import { UsageHead } from "#components/console/usage/usage-head.tsx";
import { paramsOf, usageHref } from "#components/console/usage/usage-href.ts";
import { paths } from "#components/shell/paths.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { requireAdmin } from "#lib/accounts/current-account.ts";
import { getAdminChoices } from "../../usage/admin-choices.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.requests"))("title") };
}

const log = {
  scope: { kind: "installation" },
  path: paths.allRequests,
  tailPath: "/api/admin/requests/tail",
} as const;

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
        <LogView log={log} question={question} after={after} now={now} />
      ) : (
        <OneRequest log={log} id={id} now={now} />
      )}
    </div>
  );
}
