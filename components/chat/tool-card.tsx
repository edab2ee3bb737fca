"use client";

import { Ban, Check, ChevronRight, CircleAlert, CirclePause, Hand } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, Suspense, useId, useState } from "react";
import { ApprovalBar, type CallDecision } from "#components/tools/approval-bar.tsx";
import { type CardTexts, lookOf, titleInWords } from "#components/tools/call-look.tsx";
import {
  type CallState,
  callState,
  callTimes,
  type ToolPart,
  toolNameOf,
} from "#components/tools/call-state.ts";
import { showsItself } from "#components/tools/shows-itself.ts";
import { classNames } from "#components/ui/class-names.ts";
import { formatDuration } from "#components/ui/format-duration.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { useServerNow } from "./use-server-now.ts";

const CallDetail = dynamic(() =>
  import("#components/tools/call-detail.tsx").then((module) => module.CallDetail),
);

const marks = {
  preparing: { icon: <Spinner />, tone: "text-muted" },
  running: { icon: <Spinner />, tone: "text-muted" },
  asking: { icon: <Hand />, tone: "text-warning" },
  done: { icon: <Check />, tone: "text-positive" },
  failed: { icon: <CircleAlert />, tone: "text-danger" },
  denied: { icon: <Ban />, tone: "text-muted" },
  interrupted: { icon: <CirclePause />, tone: "text-muted" },
  notRun: { icon: <Ban />, tone: "text-muted" },
} satisfies Record<CallState, { icon: ReactNode; tone: string }>;

export interface ToolCardProps {
  part: ToolPart;
  /** Its reply is being written. */
  running: boolean;
  /** Takes the person's decision; absent where nothing can be decided any more. Gives whether it was taken. */
  onDecide: ((toolCallId: string, decision: CallDecision) => Promise<boolean>) | null;
}

/** A call of a tool: one line that opens to what went in and what came out. It opens itself when it fails or asks. */
export function ToolCard({ part, running, onDecide }: ToolCardProps) {
  const t = useTranslations("tools.cards");
  const [choice, setChoice] = useState<boolean | null>(null);
  const contentId = useId();
  const toolName = toolNameOf(part);
  const state = callState(part, running, onDecide !== null);
  const { icon: Icon, title } = lookOf(toolName, part.input, part.title, t);
  const asking = state === "asking" && onDecide !== null;
  const open = choice ?? (state === "failed" || asking || (state === "done" && showsItself(toolName, part)));
  return (
    <section
      data-tool={toolName}
      data-state={state}
      className="overflow-hidden rounded-card border border-border text-14"
    >
      <button
        type="button"
        aria-expanded={open}
        aria-controls={contentId}
        onClick={() => setChoice(!open)}
        className="target flex w-full items-center gap-2.5 px-3 py-1.5 text-left hover:bg-surface"
      >
        <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
        <span className="min-w-0 flex-1 truncate">{title}</span>
        <Mark part={part} state={state} />
        <ChevronRight
          aria-hidden="true"
          className={classNames(
            "size-4 shrink-0 text-faint transition-transform motion-reduce:transition-none",
            open && "rotate-90",
          )}
        />
      </button>
      {open && (
        <div id={contentId} className="flex flex-col gap-3 border-border border-t bg-surface px-3 py-3">
          {asking && (
            <ApprovalBar
              question={questionOf(t, titleInWords(toolName, part.title), sourceOf(part))}
              offerChat={part.toolMetadata?.approval === "once"}
              onDecide={(decision) => onDecide(part.toolCallId, decision)}
            />
          )}
          <Suspense fallback={<Skeleton className="h-16" />}>
            <CallDetail part={part} toolName={toolName} />
          </Suspense>
        </div>
      )}
    </section>
  );
}

function questionOf(t: CardTexts, tool: string, source: string | null): string {
  return source === null ? t("approval.question", { tool }) : t("approval.questionOf", { tool, source });
}

function sourceOf(part: ToolPart): string | null {
  const source = part.toolMetadata?.source;
  return typeof source === "string" ? source : null;
}

function Mark({ part, state }: { part: ToolPart; state: CallState }) {
  const t = useTranslations("tools.cards");
  const locale = useLocale();
  const ticking = state === "running";
  const nowMs = useServerNow(ticking);
  const { startedAtMs, endedAtMs } = callTimes(part);
  const untilMs = ticking ? nowMs : endedAtMs;
  const tookMs =
    startedAtMs === null || untilMs === null || untilMs < startedAtMs ? null : untilMs - startedAtMs;
  const { icon, tone } = marks[state];
  return (
    <span className={classNames("flex shrink-0 items-center gap-1.5 text-13 [&_svg]:size-4", tone)}>
      {icon}
      {t(`states.${state}`)}
      {tookMs !== null && (ticking || tookMs >= 100) && (
        <span className="figures text-muted">{formatDuration(tookMs, locale)}</span>
      )}
    </span>
  );
}
