"use client";

import { Pencil, RotateCw, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import type { FailedStart } from "./chat-state.ts";
import { useAdvice } from "./failure-words.ts";
import { formatWait } from "./format-wait.ts";
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
  const t = useTranslations("composer.unsent");
  const locale = useLocale();
  const advice = useAdvice()(problem.code);
  const [untilMs] = useState(() => (retryAfterS === undefined ? null : Date.now() + retryAfterS * 1_000));
  const left = useCountdown(untilMs);
  const again = t(messageId ? "sendAgain" : "tryAgain");
  return (
    <Notice
      tone="danger"
      title={messageId ? t("title", { why: lower(advice.title) }) : advice.title}
      requestId={requestId}
      actions={
        <>
          <Button size="small" disabled={left > 0} onClick={onRetry} className="figures">
            <RotateCw aria-hidden="true" />
            {left > 0 ? t("in", { act: again, time: formatWait(left, locale) }) : again}
          </Button>
          <Button size="small" variant="quiet" onClick={onDrop}>
            {messageId ? <Pencil aria-hidden="true" /> : <X aria-hidden="true" />}
            {t(messageId ? "edit" : "dismiss")}
          </Button>
        </>
      }
    >
      {problem.message} {advice.whatToDo}
    </Notice>
  );
}

const lower = (title: string) => title.charAt(0).toLowerCase() + title.slice(1);
