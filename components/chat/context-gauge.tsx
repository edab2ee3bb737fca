"use client";

import { useLocale, useTranslations } from "next-intl";
import { Popover } from "radix-ui";
import { useDeferredValue } from "react";
import { formatMoney } from "#components/ui/format-money.ts";
import type { FilePart } from "#lib/chat/attachments/file-part.ts";
import { aboutFileTokens, aboutTokens, nextPrice } from "./chat-cost.ts";
import { Figure, FigureList } from "./figure-list.tsx";
import { usePrices } from "./prices-context.tsx";

export interface ContextGaugeProps {
  /** What the next request begins with. */
  contextTokens: number;
  /** What is being written. */
  draft: string;
  /** What is attached to it. */
  files: readonly FilePart[];
}

const nearlyFull = 0.8;
const radius = 7;
const round = 2 * Math.PI * radius;

/** How full the model's context is, as a ring, with the price of sending; opened, the figures behind it. */
export function ContextGauge({ contextTokens, draft, files }: ContextGaugeProps) {
  const t = useTranslations("chat.thread.gauge");
  const locale = useLocale();
  const draftTokens = aboutTokens(useDeferredValue(draft));
  const fileTokens = files.reduce((sum, file) => sum + aboutFileTokens(file), 0);
  const price = nextPrice(contextTokens, draftTokens + fileTokens, usePrices());
  const used = contextTokens + draftTokens + fileTokens;
  if (!price || used === 0) return null;
  const share = Math.min(1, used / price.limitTokens);
  const percent = share.toLocaleString(locale, {
    style: "percent",
    maximumFractionDigits: share < 0.1 ? 1 : 0,
  });
  const count = (tokens: number) => tokens.toLocaleString(locale);
  const cached = formatMoney(price.cachedNanoUsd);
  return (
    <Popover.Root>
      <Popover.Trigger className="figures target flex shrink-0 cursor-pointer items-center gap-1.5 rounded-control px-2 text-12 text-muted hover:bg-raised hover:text-foreground data-[state=open]:bg-raised">
        <span className="sr-only">{t("name", { percent })} </span>
        <Ring share={share} />
        <span className="max-sm:sr-only">{t("from", { price: cached })}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label={t("title")}
          className="z-50 w-80 max-w-[calc(100vw-1.5rem)] animate-rise-in rounded-card border border-border bg-overlay p-4 text-13 shadow-float"
        >
          <FigureList>
            <Figure label={t("context")}>{`${count(used)} / ${count(price.limitTokens)}`}</Figure>
            <Figure label={t("draft")} inner>
              {t("about", { tokens: count(draftTokens) })}
            </Figure>
            {files.length > 0 && (
              <Figure label={t("files", { count: files.length })} inner>
                {t("about", { tokens: count(fileTokens) })}
              </Figure>
            )}
            <Figure label={t("sendCached")}>{cached}</Figure>
            <Figure label={t("sendUncached")}>{formatMoney(price.uncachedNanoUsd)}</Figure>
            <Figure label={t("answer")}>{formatMoney(price.thousandOutNanoUsd)}</Figure>
          </FigureList>
          <p className="mt-3 text-12 text-muted">{share >= nearlyFull ? t("nearlyFull") : t("why")}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Ring({ share }: { share: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 18 18" className="size-4.5 -rotate-90 fill-none stroke-[2.5]">
      <circle cx="9" cy="9" r={radius} className="stroke-foreground/15" />
      <circle
        cx="9"
        cy="9"
        r={radius}
        strokeDasharray={`${share * round} ${round}`}
        strokeLinecap="round"
        className={share >= nearlyFull ? "stroke-warning" : "stroke-accent"}
      />
    </svg>
  );
}
