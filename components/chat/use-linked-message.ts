import { useCallback, useEffect, useState } from "react";
import { pathTo } from "#lib/chat/tree.ts";
import type { ChatState } from "./chat-state.ts";
import type { ChatStore } from "./chat-store.ts";

export interface LinkedMessage {
  id: string | null;
  /** It has been shown, or is not there: the address is not followed again. */
  done: () => void;
}

/**
 * The message that the address names, `/chat/{chat}#{message}`. If it stands on another branch than the one that is shown, its own is
 * chosen, once all messages are there.
 */
export function useLinkedMessage({ messages, leafId, partial }: ChatState, store: ChatStore): LinkedMessage {
  const [id, setId] = useState<string | null>(null);
  const done = useCallback(() => setId(null), []);
  useEffect(() => {
    const read = () => setId(/^#(msg_\w+)$/.exec(window.location.hash)?.[1] ?? null);
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  useEffect(() => {
    if (id === null || partial || leafId === null) return;
    if (!messages.some((message) => message.id === id)) done();
    else if (!pathTo(messages, leafId).some((message) => message.id === id)) void store.switchTo(id);
  }, [id, messages, leafId, partial, store, done]);
  return { id, done };
}

/** Brings a message of the thread into the middle of the window and lights it up for a moment. Gives whether it is there. */
export function showLinked(id: string): boolean {
  const element = document.getElementById(id);
  if (!element) return false;
  element.scrollIntoView({ block: "center" });
  const colour = "var(--color-accent-soft)";
  element.animate([{ backgroundColor: colour }, { backgroundColor: colour, offset: 0.6 }, {}], 2_000);
  return true;
}
