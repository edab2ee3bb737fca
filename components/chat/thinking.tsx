"use client";

import type { ReasoningUIPart } from "ai";
import { ChevronRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatDuration } from "#components/ui/format-duration.ts";
import { useExpandThinking } from "./expand-thinking.tsx";
import { lastPhrase, thinkingTime } from "./thinking-time.ts";
import { ThoughtText } from "./thought-text.tsx";
import { useServerNow } from "./use-server-now.ts";

/** What the person chose to see, by message and place. It outlives the component: switching versions and back keeps it. */
const chosen = new Map<string, boolean>();

export interface ThinkingProps {
  /** Names the trace among all of them. */
  traceId: string;
  parts: readonly ReasoningUIPart[];
  /** Still being thought: the last thing of a reply that is being written. */
  live: boolean;
}

/** A stretch of thinking: open while it comes, then folded, unless the person chose otherwise; folded, its newest phrase runs along. */
export function Thinking({ traceId, parts, live }: ThinkingProps) {
  const t = useTranslations("chat.thread.thinking");
  const expanded = useExpandThinking();
  const [choice, setChoice] = useState(() => chosen.get(traceId) ?? null);
  const contentId = useId();
  const open = choice ?? (live || expanded);
  const text = parts.map((part) => part.text).join("\n\n");

  function toggle() {
    chosen.set(traceId, !open);
    setChoice(!open);
  }

  return (
    // Not a region: a reply has several, and landmarks of one name help nobody.
    // biome-ignore lint/a11y/useSemanticElements: no element but fieldset, which is for forms, is a group.
    <div role="group" className="text-14 text-muted" aria-label={t("name")}>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={contentId}
        onClick={toggle}
        className="target -ml-2 flex max-w-full items-center gap-1.5 rounded-control px-2 text-left hover:bg-surface hover:text-foreground"
      >
        <ChevronRight
          aria-hidden="true"
          className={classNames("size-4 shrink-0 transition-transform", open && "rotate-90")}
        />
        <ThinkingLabel parts={parts} live={live} />
        {live && !open && (
          <span aria-hidden="true" dir="auto" className="min-w-0 truncate text-faint">
            {lastPhrase(text)}
          </span>
        )}
      </button>
      {open && (
        <div id={contentId} className="mt-1 mb-2 ml-1.5 border-border border-l-2 pl-4">
          <ThoughtText text={text} />
          {!live && text !== "" && (
            <CopyButton value={text} what={t("copied")} iconOnly className="mt-1 -ml-2.5" />
          )}
        </div>
      )}
    </div>
  );
}

function ThinkingLabel({ parts, live }: Pick<ThinkingProps, "parts" | "live">) {
  const t = useTranslations("chat.thread.thinking");
  const locale = useLocale();
  const { startedAtMs, endedAtMs } = thinkingTime(parts);
  const nowMs = useServerNow(live);
  if (live) {
    const elapsedMs = startedAtMs !== null && nowMs > 0 ? Math.max(0, nowMs - startedAtMs) : null;
    return (
      <span className="figures shrink-0">
        <span className="animate-breathe">{t("live")}</span>
        {elapsedMs !== null && ` ${formatDuration(Math.floor(elapsedMs / 1_000) * 1_000, locale)}`}
      </span>
    );
  }
  const known = startedAtMs !== null && endedAtMs !== null;
  return (
    <span className="figures shrink-0">
      {known ? t("took", { time: formatDuration(endedAtMs - startedAtMs, locale) }) : t("done")}
    </span>
  );
}
