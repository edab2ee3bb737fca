"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Badge, Status } from "#components/ui/badge.tsx";
import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import { Sheet } from "#components/ui/sheet.tsx";
import { Table, TableHead, Td, Th, Tr } from "#components/ui/table.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import { formatCount, formatMs } from "./format-usage.ts";
import { RequestDetails } from "./request-details.tsx";
import { statusTones } from "./request-words.ts";

export interface RequestTableProps {
  /** Newest first. */
  requests: readonly MeteredRequest[];
  /** Names of keys by their ids. */
  keyNames: Readonly<Record<string, string>>;
}

/** Requests with their figures; a row opens everything there is to say about it. */
export function RequestTable({ requests, keyNames }: RequestTableProps) {
  const t = useTranslations("requests");
  const [openId, setOpenId] = useState<string | null>(null);
  const opener = useRef<HTMLElement>(null);
  const open = requests.find(({ id }) => id === openId);
  const digits = decimalsOf(requests);
  return (
    <>
      <Table label={t("table")} className="[&_td]:px-2 [&_th]:px-2">
        <TableHead>
          <Th>{t("columns.time")}</Th>
          <Th>{t("columns.source")}</Th>
          <Th className="max-sm:hidden">{t("columns.model")}</Th>
          <Th>{t("columns.status")}</Th>
          <Th numeric className="max-sm:hidden">
            {t("columns.prompt")}
          </Th>
          <Th numeric className="max-sm:hidden">
            {t("columns.cached")}
          </Th>
          <Th numeric className="max-sm:hidden">
            {t("columns.completion")}
          </Th>
          <Th numeric className="max-sm:hidden">
            {t("columns.reasoning")}
          </Th>
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
              onOpen={(button) => {
                opener.current = button;
                setOpenId(request.id);
              }}
            />
          ))}
        </tbody>
      </Table>
      <Sheet
        open={open !== undefined}
        onOpenChange={() => setOpenId(null)}
        title={t("one")}
        returnFocusTo={opener}
      >
        {open && (
          <RequestDetails
            request={open}
            keyName={open.keyId === null ? null : (keyNames[open.keyId] ?? null)}
          />
        )}
      </Sheet>
    </>
  );
}

interface RequestRowProps {
  request: MeteredRequest;
  digits: number;
  onOpen: (button: HTMLElement) => void;
}

function RequestRow({ request, digits, onOpen }: RequestRowProps) {
  const t = useTranslations("requests.source");
  const { usage, timeToFirstTokenMs, totalMs, status } = request;
  const counted = usage.promptTokens + usage.completionTokens > 0;
  return (
    <Tr className="relative text-13 focus-within:bg-surface">
      <Td>
        {/* The button reaches over its whole row. */}
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={(event) => onOpen(event.currentTarget)}
          className="rounded-control text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-control focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
        >
          <TimeAgo at={request.createdAt} />
        </button>
      </Td>
      <Td>{t(request.source)}</Td>
      <Td className="whitespace-nowrap max-sm:hidden">
        {request.model.slice(request.model.indexOf("/") + 1)}
      </Td>
      <Td>
        <RequestStatus request={request} />
      </Td>
      <Td numeric className="max-sm:hidden">
        {counted && formatCount(usage.promptTokens)}
      </Td>
      <Td numeric className="text-muted max-sm:hidden">
        {counted && formatCount(usage.cachedTokens)}
      </Td>
      <Td numeric className="max-sm:hidden">
        {counted && formatCount(usage.completionTokens)}
      </Td>
      <Td numeric className="text-muted max-sm:hidden">
        {counted && formatCount(usage.reasoningTokens)}
      </Td>
      <Td numeric className={counted ? undefined : "text-faint"}>
        {status !== "reserved" && formatMoney(request.costNanoUsd, digits)}
      </Td>
      <Td numeric className="text-muted max-sm:hidden">
        {timeToFirstTokenMs === null ? "" : formatMs(timeToFirstTokenMs)}
      </Td>
      <Td numeric className="text-muted max-sm:hidden">
        {totalMs === null ? "" : formatMs(totalMs)}
      </Td>
    </Tr>
  );
}

function RequestStatus({ request: { status, errorCode, estimated } }: { request: MeteredRequest }) {
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
function decimalsOf(requests: readonly MeteredRequest[]): number {
  const decimals = requests.map(
    ({ costNanoUsd }) => formatMoneyExact(costNanoUsd).split(".")[1]?.length ?? 0,
  );
  return Math.max(2, ...decimals);
}
