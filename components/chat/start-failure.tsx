"use client";

import { Pencil, RotateCw, X } from "lucide-react";
import { useState } from "react";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { isSignedOut } from "./chat-api.ts";
import type { FailedStart } from "./chat-state.ts";
import { useAdvice } from "./failure-words.ts";
import { Notice } from "./notice.tsx";
import { useCountdown } from "./use-countdown.ts";

export interface StartFailureProps {
  failed: FailedStart;
  onRetry: () => void;
  /** Takes the message back into the composer, or puts the notice away. */
  onDrop: () => void;
}

/** A message, retry or continuation that the server did not take: why, and the ways on. */
export function StartFailure({ failed, onRetry, onDrop }: StartFailureProps) {
  const { problem, messageId } = failed;
  const { requestId, retryAfterS } = problem.details;
  const advice = useAdvice()(problem.code);
  const [untilMs] = useState(() => (retryAfterS === undefined ? null : Date.now() + retryAfterS * 1_000));
  const left = useCountdown(untilMs);
  const again = messageId ? "Send again" : "Try again";
  return (
    <Notice
      tone="danger"
      title={messageId ? `Not sent: ${lower(advice.title)}` : advice.title}
      requestId={requestId}
      actions={
        <>
          {isSignedOut(problem) && (
            <ButtonLink href="/signin" target="_blank" size="small" variant="primary">
              Sign in in a new tab
            </ButtonLink>
          )}
          <Button size="small" disabled={left > 0} onClick={onRetry} className="figures">
            <RotateCw aria-hidden="true" />
            {left > 0 ? `${again} in ${left} s` : again}
          </Button>
          <Button size="small" variant="quiet" onClick={onDrop}>
            {messageId ? <Pencil aria-hidden="true" /> : <X aria-hidden="true" />}
            {messageId ? "Edit" : "Dismiss"}
          </Button>
        </>
      }
    >
      {problem.message} {advice.whatToDo}
    </Notice>
  );
}

const lower = (title: string) => title.charAt(0).toLowerCase() + title.slice(1);
