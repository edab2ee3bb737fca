"use client";

import dynamic from "next/dynamic";
import { useEffect, useMemo, useState } from "react";
import { pathTo } from "#lib/chat/tree.ts";
import { textOf } from "../chat-message.ts";
import type { ChatState } from "../chat-state.ts";
import type { ChatStore } from "../chat-store.ts";
import { useFollowUpChoice } from "./follow-up-choice.tsx";

const FollowUps = dynamic(() => import("./follow-ups.tsx").then((module) => module.FollowUps), {
  ssr: false,
});

export interface FollowUpsPlaceProps {
  chatId: string;
  state: ChatState;
  store: ChatStore;
}

/** Below the last answer: what could be said next, once that answer is whole. Apart from the answers, which it never draws again. */
export function FollowUpsPlace({ chatId, state, store }: FollowUpsPlaceProps) {
  const choice = useFollowUpChoice();
  const { messages, leafId, running } = state;
  const path = useMemo(() => (leafId === null ? [] : pathTo(messages, leafId)), [messages, leafId]);
  const [answer, question] = [path.at(-1), path.at(-2)];
  const runningId = running?.messageId ?? null;
  /** The reply that was written while this page stood open. */
  const [written, setWritten] = useState<string | null>(null);
  useEffect(() => {
    if (runningId !== null) setWritten(runningId);
  }, [runningId]);

  const fits = state.phase === "ready" && state.temporaryUntil === null && state.options.answer === "text";
  const quiet = running === null && state.failedStart === null;
  const whole = answer?.role === "assistant" && answer.metadata.status === "completed";
  if (choice === "never" || !fits || !quiet || !whole || !question || textOf(answer) === "") return null;
  return (
    <FollowUps
      key={answer.id}
      chatId={chatId}
      messageId={answer.id}
      known={answer.metadata.followUps ?? null}
      question={textOf(question)}
      answer={textOf(answer)}
      atOnce={choice === "always" && written === answer.id}
      onPick={(text) => void store.send({ text, files: [] })}
    />
  );
}
