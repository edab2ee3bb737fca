"use client";

import { useLocale, useTranslations } from "next-intl";
import { Popover } from "radix-ui";
import { formatDuration } from "#components/ui/format-duration.ts";
import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import type { MessageMetadata } from "#lib/chat/message.ts";
import { Figure, FigureList } from "./figure-list.tsx";
import { tokensPerSecond } from "./tokens-per-second.ts";

/** What a reply took: one line that opens to every figure. Nothing while nothing is known. */
export function Receipt({ metadata }: { metadata: MessageMetadata }) {
  const t = useTranslations("chat.thread.receipt");
  const locale = useLocale();
  const { usage, costNanoUsd, timeToFirstTokenMs, estimated } = metadata;
  if (!usage) return null;
  const tokens = t("tokens", { count: usage.promptTokens + usage.completionTokens });
  const line = [
    estimated ? t("about", { tokens }) : tokens,
    ...(costNanoUsd === undefined ? [] : [formatMoney(costNanoUsd)]),
    ...(timeToFirstTokenMs === undefined
      ? []
      : [t("toFirst", { time: formatDuration(timeToFirstTokenMs, locale) })]),
  ].join(" · ");
  return (
    <Popover.Root>
      <Popover.Trigger className="figures target rounded-control px-2 text-left text-12 text-faint hover:bg-raised hover:text-foreground data-[state=open]:bg-raised">
        <span className="sr-only">{t("name")} </span>
        {line}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label={t("title")}
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
  const t = useTranslations("chat.thread.receipt");
  const locale = useLocale();
  const count = (tokens: number) => tokens.toLocaleString(locale);
  const { costNanoUsd, timeToFirstTokenMs, startedAt, endedAt, provider, finishReason, requestIds } =
    metadata;
  const speed = tokensPerSecond(metadata);
  return (
    <>
      <FigureList>
        <Figure label={t("read")}>{count(usage.promptTokens)}</Figure>
        <Figure label={t("cached")} inner>
          {count(usage.cachedTokens)}
        </Figure>
        <Figure label={t("written")}>{count(usage.completionTokens)}</Figure>
        <Figure label={t("thinking")} inner>
          {count(usage.reasoningTokens)}
        </Figure>
        {costNanoUsd !== undefined && <Figure label={t("cost")}>{formatMoneyExact(costNanoUsd)}</Figure>}
        {timeToFirstTokenMs !== undefined && (
          <Figure label={t("first")}>{formatDuration(timeToFirstTokenMs, locale)}</Figure>
        )}
        {speed !== null && <Figure label={t("speed")}>{t("perSecond", { count: speed })}</Figure>}
        {startedAt !== undefined && endedAt && (
          <Figure label={t("total")}>{formatDuration(endedAt - startedAt, locale)}</Figure>
        )}
        {finishReason && <Figure label={t("endedBy")}>{finishReason}</Figure>}
        {provider && <Figure label={t("servedBy")}>{provider}</Figure>}
      </FigureList>
      {metadata.estimated && <p className="mt-3 text-12 text-muted">{t("estimated")}</p>}
      {requestIds && requestIds.length > 0 && (
        <p className="mt-3 break-all border-border border-t pt-3 font-mono text-12 text-muted">
          {requestIds.join(" ")}
        </p>
      )}
    </>
  );
}
