"use client";

import { useTranslations } from "next-intl";
import { useState, useSyncExternalStore } from "react";
import type { ChatMessage } from "./chat-message.ts";
import type { ChatState } from "./chat-state.ts";
import type { ChatStore } from "./chat-store.ts";

type Phase = "unsent" | "lost" | "answering" | "tools" | "thinking" | "waiting";

function phaseOf({ running, messages, failedStart }: ChatState, live: ChatMessage | null): Phase | null {
  if (failedStart) return "unsent";
  if (!running) return null;
  if (running.connection === "lost") return "lost";
  const reply =
    live?.id === running.messageId ? live : messages.find((message) => message.id === running.messageId);
  const last = reply?.parts.at(-1);
  if (!last) return "waiting";
  if (last.type === "text") return "answering";
  return last.type === "reasoning" || last.type === "step-start" ? "thinking" : "tools";
}

/** Tells screen readers how the reply stands, not its words. */
export function StatusRegion({ state, store }: { state: ChatState; store: ChatStore }) {
  const t = useTranslations("chat.thread.status");
  const live = useSyncExternalStore(store.live.subscribe, store.live.get, () => null);
  const phase = phaseOf(state, live);
  const runningId = state.running?.messageId ?? null;
  const [watchedId, setWatchedId] = useState(runningId);
  if (runningId !== null && runningId !== watchedId) setWatchedId(runningId);
  const ended = state.messages.find((message) => message.id === watchedId)?.metadata.status;
  const ending = watchedId !== null && ended && ended !== "running" ? t(`ended.${ended}`) : "";
  return (
    <p role="status" className="sr-only">
      {phase ? t(phase) : ending}
    </p>
  );
}
