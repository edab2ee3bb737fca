"use client";

import { useState } from "react";
import type { ChatState } from "./chat-state.ts";

const endings = {
  completed: "Answer ready",
  stopped: "Stopped",
  failed: "Failed",
  interrupted: "Interrupted",
  running: "",
  waiting: "Waiting for your approval",
} as const;

function phaseOf({ running, messages, failedStart }: ChatState): string {
  if (failedStart) return "Not sent";
  if (!running) return "";
  const last = messages.find((message) => message.id === running.messageId)?.parts.at(-1);
  if (running.connection === "lost") return "Connection lost, reconnecting";
  if (last?.type === "text") return "Answering";
  return last ? "Thinking" : "Waiting for the model";
}

/** Tells screen readers how the reply stands, not its words. */
export function StatusRegion({ state }: { state: ChatState }) {
  const phase = phaseOf(state);
  const runningId = state.running?.messageId ?? null;
  const [watchedId, setWatchedId] = useState(runningId);
  if (runningId !== null && runningId !== watchedId) setWatchedId(runningId);
  const ended = state.messages.find((message) => message.id === watchedId)?.metadata.status;
  return (
    <p role="status" className="sr-only">
      {phase || (watchedId !== null && ended ? endings[ended] : "")}
    </p>
  );
}
