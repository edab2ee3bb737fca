import { Play } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { paths } from "#components/shell/paths.ts";
import { Badge, Status } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatMoment } from "#components/ui/format-time-ago.ts";
import type { KeptBody as Kept } from "#lib/usage/kept-body.ts";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import { useUsageFormat } from "../usage/use-usage-format.ts";
import { curlOfRequest, pathOfEndpoint } from "./curl-of-request.ts";
import { KeptBody } from "./kept-body.tsx";
import { Receipt } from "./receipt.tsx";
import { statusTones } from "./request-words.ts";
import { responseHeaders } from "./response-headers.ts";
import { Timeline } from "./timeline.tsx";

export interface RequestDetailsProps {
  request: MeteredRequest;
  body?: Kept | null;
  /** Whether the account has bodies kept now. */
  keepsBodies?: boolean;
  /** The name of the key that paid; null for the chat and for keys that are gone. */
  keyName: string | null;
  /** Where this installation is reached, without a path. */
  baseUrl: string;
  /** The viewer's. */
  timeZone: string;
  /** What its error means and what to do; null where it has none, or one that is not known. */
  explained: string | null;
  /** Whose it is, where it is another's: what was sent and answered is not told then. */
  owner?: { email: string; path: string };
}

/** Everything there is to say about one request. */
export function RequestDetails(props: RequestDetailsProps) {
  const { request, body = null, keepsBodies = false, keyName, baseUrl, timeZone, explained, owner } = props;
  const t = useTranslations("requests");
  const locale = useLocale();
  return (
    <div className="flex flex-col gap-7">
      <div>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-14">
          <Status tone={statusTones[request.status]}>{t(`status.${request.status}`)}</Status>
          {request.estimated && <Badge tone="warning">{t("estimated")}</Badge>}
          <span className="text-muted">{formatMoment(request.createdAt, locale, timeZone)}</span>
        </p>
        {request.errorCode !== null && (
          <Failure code={request.errorCode} httpStatus={request.httpStatus} explained={explained} />
        )}
        <p className="mt-3 flex flex-wrap gap-2">
          <CopyButton
            value={curlOfRequest(request, { baseUrl, body: body?.request ?? null })}
            what={t("curl")}
          />
          {body?.request != null && (
            <ButtonLink size="small" href={`${paths.playground}?replay=${request.id}`}>
              <Play aria-hidden="true" />
              {t("replay")}
            </ButtonLink>
          )}
        </p>
      </div>
      <Timeline request={request} />
      <Receipt request={request} />
      <Facts request={request} keyName={keyName} owner={owner} />
      <Headers request={request} />
      {owner && <p className="text-pretty text-13 text-muted">{t("bodies.ofOwner")}</p>}
      {!owner && request.status !== "reserved" && (
        <KeptBody request={request} body={body} kept={keepsBodies} timeZone={timeZone} />
      )}
    </div>
  );
}

interface FailureProps {
  code: string;
  httpStatus: number | null;
  explained: string | null;
}

function Failure({ code, httpStatus, explained }: FailureProps) {
  return (
    <div className="mt-3 rounded-card bg-danger-soft px-4 py-3">
      <p className="font-medium text-danger">
        <code className="font-mono text-13">{code}</code>
        {httpStatus !== null && ` · HTTP ${httpStatus}`}
      </p>
      {explained !== null && <p className="mt-1 text-pretty">{explained}</p>}
    </div>
  );
}

type FactsProps = Pick<RequestDetailsProps, "request" | "keyName"> & {
  owner: RequestDetailsProps["owner"] | undefined;
};

function Facts({ request, keyName, owner }: FactsProps) {
  const t = useTranslations("requests.facts");
  const format = useUsageFormat();
  const source = useTranslations("requests.source")(request.source);
  const { timeToFirstTokenMs, totalMs, finishReason, httpStatus, upstream } = request;
  const facts: [string, ReactNode][] = [
    ...(owner
      ? [
          [
            t("account"),
            <Link key="account" href={owner.path} className="link">
              {owner.email}
            </Link>,
          ] satisfies [string, ReactNode],
        ]
      : []),
    [t("source"), keyName === null ? source : t("withKey", { source, name: keyName })],
    ...(request.tag === "" ? [] : [[t("tag"), request.tag] satisfies [string, ReactNode]]),
    [t("model"), request.model],
    [t("endpoint"), pathOfEndpoint(request.endpoint)],
    [t("streamed"), request.stream ? t("yes") : t("no")],
    [t("firstToken"), timeToFirstTokenMs === null ? t("noneCame") : format.ms(timeToFirstTokenMs)],
    [t("total"), totalMs === null ? t("notKnown") : format.ms(totalMs)],
    [t("servedBy"), upstream ?? t("noUpstream")],
    [t("tries"), String(request.attempts)],
    [t("finish"), finishReason ?? t("none")],
    [t("http"), httpStatus === null ? t("noneYet") : String(httpStatus)],
  ];
  return (
    <section aria-label={t("name")}>
      <dl className="figures grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="text-right [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-5 flex items-center gap-2 border-border border-t pt-3">
        <span className="shrink-0 text-muted">{t("id")}</span>
        <code className="min-w-0 flex-1 truncate text-right font-mono text-12" title={request.id}>
          {request.id}
        </code>
        <CopyButton value={request.id} what={t("copyId")} iconOnly />
      </p>
    </section>
  );
}

function Headers({ request }: Pick<RequestDetailsProps, "request">) {
  const t = useTranslations("requests.headers");
  const headers = responseHeaders(request);
  if (headers.length === 0) return null;
  return (
    <section aria-labelledby="headers-title">
      <h3 id="headers-title" className="mb-2 text-14">
        {t("title")}
      </h3>
      <dl className="flex flex-col gap-1.5 font-mono text-12" dir="ltr">
        {headers.map(([name, value]) => (
          <div key={name} className="grid grid-cols-[minmax(0,1fr)] sm:grid-cols-[14.5rem_minmax(0,1fr)]">
            <dt className="text-muted">{name}</dt>
            <dd className="[overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
