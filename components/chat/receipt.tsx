"use client";

import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import type { MessageMetadata } from "#lib/chat/message.ts";
import { formatDuration } from "./thinking-time.ts";

const count = (tokens: number) => tokens.toLocaleString("en-US");

/** What a reply took: one line that opens to every figure. Nothing while nothing is known. */
export function Receipt({ metadata }: { metadata: MessageMetadata }) {
  const { usage, costNanoUsd, timeToFirstTokenMs, estimated } = metadata;
  if (!usage) return null;
  const total = usage.promptTokens + usage.completionTokens;
  const line = [
    `${count(total)} token${total === 1 ? "" : "s"}`,
    ...(costNanoUsd === undefined ? [] : [formatMoney(costNanoUsd)]),
    ...(timeToFirstTokenMs === undefined ? [] : [`${formatDuration(timeToFirstTokenMs)} to first token`]),
  ].join(" · ");
  return (
    <Popover.Root>
      <Popover.Trigger className="figures target rounded-control px-2 text-left text-12 text-faint hover:bg-raised hover:text-foreground data-[state=open]:bg-raised">
        <span className="sr-only">Receipt: </span>
        {estimated && "about "}
        {line}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label="Receipt of this reply"
          className="z-50 w-72 max-w-[calc(100vw-1.5rem)] animate-rise-in rounded-card border border-border bg-overlay p-4 text-13 shadow-float"
        >
          <Figures metadata={metadata} usage={usage} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface FiguresProps {
  metadata: MessageMetadata;
  usage: NonNullable<MessageMetadata["usage"]>;
}

function Figures({ metadata, usage }: FiguresProps) {
  const { costNanoUsd, timeToFirstTokenMs, startedAt, endedAt, provider, finishReason, requestIds } =
    metadata;
  return (
    <>
      <dl className="figures grid grid-cols-[1fr_auto] gap-x-4 gap-y-1.5">
        <Row label="Read (prompt)">{count(usage.promptTokens)}</Row>
        <Row label="of it from the cache" inner>
          {count(usage.cachedTokens)}
        </Row>
        <Row label="Written">{count(usage.completionTokens)}</Row>
        <Row label="of it thinking" inner>
          {count(usage.reasoningTokens)}
        </Row>
        {costNanoUsd !== undefined && <Row label="Cost">{formatMoneyExact(costNanoUsd)}</Row>}
        {timeToFirstTokenMs !== undefined && (
          <Row label="First token">{formatDuration(timeToFirstTokenMs)}</Row>
        )}
        {startedAt !== undefined && endedAt && (
          <Row label="Total time">{formatDuration(endedAt - startedAt)}</Row>
        )}
        {finishReason && <Row label="Ended by">{finishReason}</Row>}
        {provider && <Row label="Served by">{provider}</Row>}
      </dl>
      {metadata.estimated && (
        <p className="mt-3 text-12 text-muted">
          The reply ended before the model reported its tokens: these are counted here.
        </p>
      )}
      {requestIds && requestIds.length > 0 && (
        <p className="mt-3 break-all border-border border-t pt-3 font-mono text-12 text-muted">
          {requestIds.join(" ")}
        </p>
      )}
    </>
  );
}

function Row({ label, inner = false, children }: { label: string; inner?: boolean; children: ReactNode }) {
  return (
    <>
      <dt className={inner ? "pl-3 text-muted" : "text-muted"}>{label}</dt>
      <dd className={inner ? "text-right text-muted" : "text-right text-foreground"}>{children}</dd>
    </>
  );
}
