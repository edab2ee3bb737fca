"use client";

import { useLocale, useTranslations } from "next-intl";
import { Popover } from "radix-ui";
import { type ReactNode, useMemo } from "react";
import { formatMoney, formatMoneyExact } from "#components/ui/format-money.ts";
import { totalOf } from "./chat-cost.ts";
import type { ChatMessage } from "./chat-message.ts";
import { Figure, FigureList } from "./figure-list.tsx";

export interface ChatHeaderProps {
  title: string | null;
  messages: readonly ChatMessage[];
  /** What can be done with the chat, at the right. */
  actions?: ReactNode;
}

/** The line above a thread: which chat it is and what it has cost. */
export function ChatHeader({ title, messages, actions }: ChatHeaderProps) {
  const t = useTranslations("chat.thread");
  return (
    <header className="flex min-h-11 shrink-0 items-center gap-2 border-border border-b px-3 sm:px-4 print:hidden">
      <h1 dir="auto" className="min-w-0 flex-1 truncate text-14 text-muted">
        {title ?? t("untitled")}
      </h1>
      <Total messages={messages} />
      {actions}
    </header>
  );
}

function Total({ messages }: { messages: readonly ChatMessage[] }) {
  const t = useTranslations("chat.thread.total");
  const locale = useLocale();
  const total = useMemo(() => totalOf(messages), [messages]);
  if (!total) return null;
  const count = (tokens: number) => tokens.toLocaleString(locale);
  return (
    <Popover.Root>
      <Popover.Trigger className="figures target shrink-0 rounded-control px-2 text-13 text-muted hover:bg-raised hover:text-foreground data-[state=open]:bg-raised">
        <span className="sr-only">{t("name")} </span>
        {formatMoney(total.costNanoUsd)}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="bottom"
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label={t("title")}
          className="z-50 w-72 max-w-[calc(100vw-1.5rem)] animate-rise-in rounded-card border border-border bg-overlay p-4 text-13 shadow-float"
        >
          <FigureList>
            <Figure label={t("replies")}>{count(total.replies)}</Figure>
            <Figure label={t("read")}>{count(total.promptTokens)}</Figure>
            <Figure label={t("cached")} inner>
              {count(total.cachedTokens)}
            </Figure>
            <Figure label={t("written")}>{count(total.completionTokens)}</Figure>
            <Figure label={t("thinking")} inner>
              {count(total.reasoningTokens)}
            </Figure>
            <Figure label={t("cost")}>{formatMoneyExact(total.costNanoUsd)}</Figure>
          </FigureList>
          <p className="mt-3 text-12 text-muted">{t("versions")}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
