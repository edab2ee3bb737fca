"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState, useSyncExternalStore } from "react";
import { toast } from "#components/ui/toast-store.ts";
import type { ChatOptions } from "#lib/chat/default-options.ts";
import { type ChatApi, type ChatProblem, chatApi } from "./chat-api.ts";
import { useChatListStore } from "./chat-list-context.tsx";
import type { ChatListStore } from "./chat-list-store.ts";
import { chatPreload } from "./chat-preload.ts";
import type { ChatState, InitialChat } from "./chat-state.ts";
import { ChatStore } from "./chat-store.ts";
import type { ChatStoreTools, FailedAct } from "./chat-store-tools.ts";
import { pauseUntilOnline } from "./pause.ts";
import { untilIdle } from "./when-idle.ts";

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
  onNotice: ChatStoreTools["onNotice"],
): ChatStore {
  const send: ChatApi["send"] = (id, message) => chatApi.send(id, { ...message, ...beginning });
  const tools = {
    api: { ...chatApi, send },
    readEnd: (id: string) => chatPreload.take(id),
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    pause: pauseUntilOnline,
    untilDrawn: untilIdle,
    onChange: list.note,
    onNotice,
  };
  const ahead = initial === "unknown" ? chatPreload.get(chatId) : null;
  return new ChatStore(chatId, ahead ?? initial, tools, options);
}

/** The chat with this id for as long as the component lives, read again when the person comes back to the page. */
export function useChatStore(
  chatId: string,
  initial: InitialChat,
  options: ChatOptions,
): { store: ChatStore; state: ChatState; beginning: Beginning } {
  const list = useChatListStore();
  const [beginning] = useState<Beginning>(() => ({ temporary: false }));
  const t = useTranslations("chat.toast.failed");
  const [store] = useState(() => {
    const onNotice = (act: FailedAct, { message }: ChatProblem) =>
      toast({ title: t(act), description: message, tone: "danger" });
    return makeStore(chatId, initial, options, list, beginning, onNotice);
  });
  const state = useSyncExternalStore(store.subscribe, store.get, store.get);

  useEffect(() => {
    store.open();
    chatPreload.drop();
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
