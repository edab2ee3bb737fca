"use client";

import { useMemo } from "react";
import type { ChatMessage } from "./chat-message.ts";
import type { ChatState } from "./chat-state.ts";
import { serverNowMs } from "./server-clock.ts";

/** Until when (epoch milliseconds of this browser) the limits that refused the last reply refuse the next too; null when nothing does. */
export function useRefusedUntil({ messages, leafId, failedStart }: ChatState): number | null {
  const last = messages.find(({ id }) => id === leafId);
  return useMemo(() => {
    const after = failedStart?.problem.details.retryAfterS;
    if (after !== undefined) return Date.now() + after * 1_000;
    return last ? refusedUntil(last) : null;
  }, [failedStart, last]);
}

function refusedUntil({ metadata }: ChatMessage): number | null {
  const { status, error, endedAt } = metadata;
  if (status !== "failed" || error?.retryAfterS === undefined || typeof endedAt !== "number") return null;
  return Date.now() + endedAt + error.retryAfterS * 1_000 - serverNowMs();
}
