"use client";

import { Play, RotateCw } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { MessageFailure, MessageMetadata } from "#lib/chat/message.ts";
import { adviceFor } from "./failure-words.ts";
import { Notice } from "./notice.tsx";
import { serverNowMs } from "./server-clock.ts";
import { useCountdown } from "./use-countdown.ts";

export interface ReplyOutcomeProps {
  metadata: MessageMetadata;
  /** Something was written before it ended. */
  hasContent: boolean;
  /** Only the last reply of a branch can be continued. */
  last: boolean;
  disabled: boolean;
  onContinue: () => void;
  onRetry: () => void;
}

/** How a reply ended when it did not simply end. */
export function ReplyOutcome({
  metadata,
  hasContent,
  last,
  disabled,
  onContinue,
  onRetry,
}: ReplyOutcomeProps) {
  const more = hasContent && last && (
    <Button size="small" disabled={disabled} onClick={onContinue}>
      <Play aria-hidden="true" />
      Continue
    </Button>
  );
  const again = (
    <Button size="small" disabled={disabled} onClick={onRetry}>
      <RotateCw aria-hidden="true" />
      Retry
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
        />
      );
    case "interrupted":
      return (
        <Notice tone="quiet" title="Interrupted" actions={both}>
          The server ended while it was answering. {hasContent && "What it had written is kept."}
        </Notice>
      );
    case "stopped":
      return <Notice tone="quiet" title="Stopped" actions={both} />;
    case "completed":
      return completedEarly(metadata.finishReason, more);
    default:
      return null;
  }
}

function completedEarly(finishReason: string | null | undefined, more: ReactNode): ReactNode {
  switch (finishReason) {
    case "length":
      return <Notice tone="quiet" title="Cut at the longest length a reply may have" actions={more} />;
    case "tool-calls":
      return <Notice tone="quiet" title="It has used tools twenty times in a row" actions={more} />;
    default:
      return null;
  }
}

interface FailureProps {
  failure: MessageFailure | null | undefined;
  endedAt: number | null;
  disabled: boolean;
  onRetry: () => void;
}

function Failure({ failure, endedAt, disabled, onRetry }: FailureProps) {
  const advice = adviceFor(failure?.code ?? "internal");
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
        <Button size="small" disabled={disabled || left > 0} onClick={onRetry} className="figures">
          <RotateCw aria-hidden="true" />
          {left > 0 ? `Retry in ${formatWait(left)}` : "Retry"}
        </Button>
      }
    >
      {failure?.message} {advice.whatToDo}
    </Notice>
  );
}

/** "42 s", "3 min", "5 h 20 min". */
function formatWait(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
