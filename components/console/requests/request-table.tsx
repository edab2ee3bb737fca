"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef } from "react";
import { useActs } from "#components/shortcuts/acts.ts";
import { Badge, Status } from "#components/ui/badge.tsx";
import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import type { LoggedRequest } from "#lib/usage/logged-request.ts";
import { type UsageParams, usageHref } from "../usage/usage-href.ts";
import { useUsageFormat } from "../usage/use-usage-format.ts";
import { statusTones } from "./request-words.ts";

export interface RequestTableProps {
  /** Newest first. */
  requests: readonly LoggedRequest[];
  /** The log's; a request's own page stands below it. */
  path: string;
  /** What the log is asked with; kept on the way to a request and back. */
  params: UsageParams;
}

/** Requests with their figures; a row leads to everything there is to say about it. */
export function RequestTable({ requests, path, params }: RequestTableProps) {
  const t = useTranslations("requests");
  const table = useRef<HTMLDivElement>(null);
  const digits = decimalsOf(requests);
  // Whose each is takes the place of what its page tells as well.
  const ofAll = requests.some(({ account }) => account !== null);
  const goBy = (step: 1 | -1) => focusNeighbour(table.current, step);
  useActs({ nextRow: () => goBy(1), previousRow: () => goBy(-1) });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (goBy(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows only move the focus among the links within.
    <div ref={table} onKeyDown={onKeyDown}>
      <Table label={t("table")} part="log" className="[&_td]:px-2 [&_th]:px-2">
        <TableHead>
          <Th>{t("columns.time")}</Th>
          {ofAll && <Th>{t("columns.account")}</Th>}
          <Th className={ofAll ? "max-sm:hidden" : undefined}>{t("columns.source")}</Th>
          <Th className="max-sm:hidden">{t("columns.model")}</Th>
          <Th>{t("columns.status")}</Th>
          <Th numeric className="max-sm:hidden">
            {t("columns.prompt")}
          </Th>
          {!ofAll && (
            <Th numeric className="max-sm:hidden">
              {t("columns.cached")}
            </Th>
          )}
          <Th numeric className="max-sm:hidden">
            {t("columns.completion")}
          </Th>
          {!ofAll && (
            <Th numeric className="max-sm:hidden">
              {t("columns.reasoning")}
            </Th>
          )}
          <Th numeric>{t("columns.cost")}</Th>
          <Th numeric className="max-sm:hidden">
            {t("columns.firstToken")}
          </Th>
          <Th numeric className="max-sm:hidden">
            {t("columns.total")}
          </Th>
        </TableHead>
        <tbody>
          {requests.map((request) => (
            <RequestRow
              key={request.id}
              request={request}
              digits={digits}
              href={usageHref(`${path}/${request.id}`, params)}
            />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

/** Moves the focus to the row above or below the one that has it, from outside to the first. Says whether it did. */
function focusNeighbour(table: HTMLElement | null, step: 1 | -1): boolean {
  const links = [...(table?.querySelectorAll<HTMLElement>("tbody a") ?? [])];
  const focused = document.activeElement;
  const at = focused instanceof HTMLElement ? links.indexOf(focused) : -1;
  const next = links[at === -1 ? 0 : at + step];
  next?.focus();
  return next !== undefined;
}

interface RequestRowProps {
  request: LoggedRequest;
  digits: number;
  href: string;
}

function RequestRow({ request, digits, href }: RequestRowProps) {
  const t = useTranslations("requests.source");
  const format = useUsageFormat();
  const { account, timeToFirstTokenMs, totalMs, status } = request;
  const ofAll = account !== null;
  const counted = request.promptTokens + request.completionTokens > 0;
  return (
    <Tr className="relative text-13 focus-within:bg-surface">
      <Td>
        {/* The link reaches over its whole row. */}
        <Link
          href={href}
          scroll={false}
          prefetch={false}
          className="scroll-my-12 rounded-control text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-control focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
        >
          <TimeAgo at={request.createdAt} />
        </Link>
      </Td>
      {ofAll && <Td className="max-w-48 truncate max-sm:max-w-18">{account}</Td>}
      <Td className={ofAll ? "max-sm:hidden" : undefined}>{t(request.source)}</Td>
      <Td className="whitespace-nowrap max-sm:hidden">
        {request.model.slice(request.model.indexOf("/") + 1)}
      </Td>
      <Td>
        <RequestStatus request={request} />
      </Td>
      <Td numeric className="max-sm:hidden">
        {counted && format.count(request.promptTokens)}
      </Td>
      {!ofAll && (
        <Td numeric className="text-muted max-sm:hidden">
          {counted && format.count(request.cachedTokens)}
        </Td>
      )}
      <Td numeric className="max-sm:hidden">
        {counted && format.count(request.completionTokens)}
      </Td>
      {!ofAll && (
        <Td numeric className="text-muted max-sm:hidden">
          {counted && format.count(request.reasoningTokens)}
        </Td>
      )}
      <Td numeric className={counted ? undefined : "text-faint"}>
        {status !== "reserved" && formatMoney(request.costNanoUsd, digits)}
      </Td>
      <Td numeric className="text-muted max-sm:hidden">
        {timeToFirstTokenMs === null ? "" : format.ms(timeToFirstTokenMs)}
      </Td>
      <Td numeric className="text-muted max-sm:hidden">
        {totalMs === null ? "" : format.ms(totalMs)}
      </Td>
    </Tr>
  );
}

function RequestStatus({ request: { status, errorCode, estimated } }: { request: LoggedRequest }) {
  const t = useTranslations("requests");
  return (
    <span className="flex items-center gap-2">
      <Status tone={statusTones[status]}>{t(`status.${status}`)}</Status>
      {errorCode !== null && <code className="font-mono text-12 text-muted max-sm:hidden">{errorCode}</code>}
      {estimated && (
        <span className="max-sm:hidden">
          <Badge tone="warning">{t("estimated")}</Badge>
        </span>
      )}
    </span>
  );
}

/** The fewest decimals with which every cost of the column is exact. */
function decimalsOf(requests: readonly LoggedRequest[]): number {
  const decimals = requests.map(
    ({ costNanoUsd }) => formatMoneyExact(costNanoUsd).split(".")[1]?.length ?? 0,
  );
  return Math.max(2, ...decimals);
}
