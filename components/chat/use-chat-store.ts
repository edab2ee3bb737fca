"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { toast } from "#components/ui/toast-store.ts";
import type { ChatOptions } from "#lib/chat/default-options.ts";
import { type ChatApi, type ChatProblem, chatApi } from "./chat-api.ts";
import { useChatListStore } from "./chat-list-context.tsx";
import type { ChatListStore } from "./chat-list-store.ts";
import type { ChatState, InitialChat } from "./chat-state.ts";
import { ChatStore } from "./chat-store.ts";
import { pauseUntilOnline } from "./pause.ts";

/** What is chosen before the first message of a chat. */
export interface Beginning {
  temporary: boolean;
}

function makeStore(
  chatId: string,
  initial: InitialChat,
  options: ChatOptions,
  list: ChatListStore,
  beginning: Beginning,
): ChatStore {
  const send: ChatApi["send"] = (id, message) => chatApi.send(id, { ...message, ...beginning });
  const tools = {
    api: { ...chatApi, send },
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    pause: pauseUntilOnline,
    onChange: list.note,
    onNotice: (title: string, problem: ChatProblem) =>
      toast({ title, description: problem.message, tone: "danger" }),
  };
  return new ChatStore(chatId, initial, tools, options);
}

/** The chat with this id for as long as the component lives, read again when the person comes back to the page. */
export function useChatStore(
  chatId: string,
  initial: InitialChat,
  options: ChatOptions,
): { store: ChatStore; state: ChatState; beginning: Beginning } {
  const list = useChatListStore();
  const [beginning] = useState<Beginning>(() => ({ temporary: false }));
  const [store] = useState(() => makeStore(chatId, initial, options, list, beginning));
  const state = useSyncExternalStore(store.subscribe, store.get, store.get);

  useEffect(() => {
    store.open();
    const onReturn = () => {
      if (document.visibilityState === "visible") void store.refresh();
    };
    document.addEventListener("visibilitychange", onReturn);
    window.addEventListener("focus", onReturn);
    window.addEventListener("online", onReturn);
    return () => {
      document.removeEventListener("visibilitychange", onReturn);
      window.removeEventListener("focus", onReturn);
      window.removeEventListener("online", onReturn);
      store.close();
    };
  }, [store]);

  return { store, state, beginning };
}
