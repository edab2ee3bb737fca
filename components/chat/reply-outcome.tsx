"use client";

import { Play, RotateCw } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { paths } from "#components/shell/paths.ts";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import type { MessageFailure, MessageMetadata } from "#lib/chat/message.ts";
import { useAdvice } from "./failure-words.ts";
import { formatWait } from "./format-wait.ts";
import { Notice } from "./notice.tsx";
import { serverNowMs } from "./server-clock.ts";
import { useCountdown } from "./use-countdown.ts";

export interface ReplyOutcomeProps {
  metadata: MessageMetadata;
  /** What was written before it ended. */
  written: "nothing" | "thoughts" | "answer";
  /** Only the last reply of a branch can be continued. */
  last: boolean;
  disabled: boolean;
  onContinue: () => void;
  onRetry: () => void;
}

/** How a reply ended when it did not simply end. */
export function ReplyOutcome(props: ReplyOutcomeProps) {
  const { metadata, written, last, disabled, onContinue, onRetry } = props;
  const t = useTranslations("chat.thread.outcome");
  const more = written !== "nothing" && last && (
    <Button size="small" disabled={disabled} onClick={onContinue}>
      <Play aria-hidden="true" />
      {t("continue")}
    </Button>
  );
  const again = (
    <Button size="small" disabled={disabled} onClick={onRetry}>
      <RotateCw aria-hidden="true" />
      {t("retry")}
    </Button>
  );
  const both = (
    <>
      {more}
      {again}
    </>
  );
  switch (metadata.status) {
    case "failed":
      return (
        <Failure
          failure={metadata.error}
          endedAt={metadata.endedAt ?? null}
          disabled={disabled}
          onRetry={onRetry}
          more={more}
        />
      );
    case "interrupted":
      return (
        <Notice tone="quiet" title={t("interrupted")} actions={both}>
          {t("interruptedWhy")} {written !== "nothing" && t("kept")}
        </Notice>
      );
    case "stopped":
      return <Notice tone="quiet" title={t("stopped")} actions={both} />;
    case "completed":
      return <EarlyEnd finishReason={metadata.finishReason} written={written} more={more} again={again} />;
    default:
      return null;
  }
}

interface EarlyEndProps {
  finishReason: string | null | undefined;
  written: ReplyOutcomeProps["written"];
  more: ReactNode;
  again: ReactNode;
}

/** The model ended by itself, but not with an answer that is complete. */
function EarlyEnd({ finishReason, written, more, again }: EarlyEndProps) {
  const t = useTranslations("chat.thread.outcome");
  if (finishReason === "length" && written !== "answer") {
    return (
      <Notice tone="quiet" title={t("thoughtTooLong")} actions={more || again}>
        {more && t("thoughtTooLongWhy")}
      </Notice>
    );
  }
  if (finishReason === "length") return <Notice tone="quiet" title={t("cut")} actions={more} />;
  if (finishReason === "tool-calls") return <Notice tone="quiet" title={t("manySteps")} actions={more} />;
  return written === "answer" ? null : <Notice tone="quiet" title={t("silent")} actions={again} />;
}

interface FailureProps {
  failure: MessageFailure | null | undefined;
  endedAt: number | null;
  disabled: boolean;
  onRetry: () => void;
  more: ReactNode;
}

function Failure({ failure, endedAt, disabled, onRetry, more }: FailureProps) {
  const t = useTranslations("chat.thread.outcome");
  const locale = useLocale();
  const advice = useAdvice()(failure?.code ?? "internal");
  const retryAfterS = failure?.retryAfterS;
  // The wait is counted on this browser's clock, from when the server said it.
  const [untilMs] = useState(() =>
    retryAfterS === undefined || endedAt === null
      ? null
      : Date.now() + endedAt + retryAfterS * 1_000 - serverNowMs(),
  );
  const left = useCountdown(untilMs);
  return (
    <Notice
      tone="danger"
      title={advice.title}
      requestId={failure?.requestId}
      actions={
        <>
          {failure?.code === "budget_exceeded" && (
            <ButtonLink href={paths.keys} size="small">
              {t("changeBudget")}
            </ButtonLink>
          )}
          {left <= 0 && more}
          <Button size="small" disabled={disabled || left > 0} onClick={onRetry} className="figures">
            <RotateCw aria-hidden="true" />
            {left > 0 ? t("retryIn", { time: formatWait(left, locale) }) : t("retry")}
          </Button>
        </>
      }
    >
      {failure?.message} {advice.whatToDo}
    </Notice>
  );
}
