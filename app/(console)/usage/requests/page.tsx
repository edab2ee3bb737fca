import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ClientMessages } from "#app/i18n/client-messages.tsx";
import { KeepCurrent } from "#components/console/usage/keep-current.tsx";
import { RequestSection } from "#components/console/usage/request-section.tsx";
import { UsageHead } from "#components/console/usage/usage-head.tsx";
import { paramsOf } from "#components/console/usage/usage-href.ts";
import { paths } from "#components/shell/paths.ts";
import { requireAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { parseCursor } from "#lib/usage/request-cursor.ts";
import { listRequests } from "#lib/usage/store/requests.ts";
import { getFilterChoices } from "../filter-choices.ts";
import { questionOf, type SearchParams } from "../question-of.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("usage"))("log") };
}

const pageSize = 50;
const cursorSchema = z
  .string()
  .refine((text) => parseCursor(text) !== null)
  .optional()
  .catch(undefined);

/** The log: the requests that the range and the filters of the usage page let through. */
export default async function RequestsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const account = await requireAccount();
  const params = await searchParams;
  const { after: asked } = params;
  const after = cursorSchema.parse(asked);
  const question = await questionOf(params, new Date());
  const [t, choices, page] = await Promise.all([
    getTranslations("usage"),
    getFilterChoices(account.id, question),
    listRequests(getDb(), account.id, {
      limit: pageSize,
      after,
      range: question.range,
      filter: question.filter,
    }),
  ]);
  return (
    <ClientMessages areas={["usage", "requests"]}>
      <div className="mx-auto flex w-full max-w-280 flex-col gap-6 px-4 py-6 sm:px-8 sm:py-8">
        <KeepCurrent timeZone={question.timeZone} refreshAtMs={null} />
        <UsageHead path={paths.requests} question={question} choices={choices} title={t("log")} />
        <RequestSection
          path={paths.requests}
          params={paramsOf(question)}
          requests={page.requests}
          keyNames={choices.names.keys}
          nextCursor={page.nextCursor}
          atNewest={after === undefined}
          emptyText={t("empty.filtered")}
        />
      </div>
    </ClientMessages>
  );
}
