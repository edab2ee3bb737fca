import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ui/button.tsx";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import { RequestTable } from "./request-table.tsx";
import { type UsageParams, usageHref } from "./usage-href.ts";

export interface RequestSectionProps {
  path: string;
  /** The range and the filters. */
  params: UsageParams;
  requests: readonly MeteredRequest[];
  keyNames: Readonly<Record<string, string>>;
  /** Where the list goes on; null at its end. */
  nextCursor: string | null;
  /** False when older ones are shown. */
  atNewest: boolean;
  /** What is said when there is none. */
  emptyText: string;
}

/** The list of requests with its pages. */
export function RequestSection(props: RequestSectionProps) {
  const t = useTranslations("requests");
  const { path, params, requests, keyNames, nextCursor, atNewest, emptyText } = props;
  return (
    <section id="requests" aria-labelledby="requests-title" className="scroll-mt-4">
      <h2 id="requests-title" className="mb-3 text-16">
        {atNewest ? t("latest") : t("older")}
      </h2>
      {requests.length > 0 ? (
        <RequestTable requests={requests} keyNames={keyNames} />
      ) : (
        <p className="rounded-card border border-border px-4 py-8 text-center text-muted">{emptyText}</p>
      )}
      <div className="mt-3 flex justify-end gap-2">
        {!atNewest && (
          <ButtonLink size="small" href={usageHref(path, params)} scroll={false}>
            {t("goNewest")}
          </ButtonLink>
        )}
        {nextCursor !== null && (
          <ButtonLink size="small" href={usageHref(path, params, { after: nextCursor })} scroll={false}>
            {t("goOlder")}
          </ButtonLink>
        )}
      </div>
    </section>
  );
}
