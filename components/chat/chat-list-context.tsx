"use client";

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { chatApi } from "./chat-api.ts";
import { type ChatListState, ChatListStore } from "./chat-list-store.ts";
import type { ChatList } from "./chat-schemas.ts";

const Context = createContext<ChatListStore | null>(null);
const pollMs = 5_000;

export function ChatListProvider({ initial, children }: { initial: ChatList; children: ReactNode }) {
  const [store] = useState(() => new ChatListStore(initial, chatApi));
  return <Context value={store}>{children}</Context>;
}

export function useChatListStore(): ChatListStore {
  const store = useContext(Context);
  if (!store) throw new Error("ChatListProvider is missing.");
  return store;
}

/** The title of a chat as the list has it, which is where it is changed. */
export function useChatTitle(chatId: string): string | null {
  const store = useChatListStore();
  const titleNow = () => store.get().chats.find((chat) => chat.id === chatId)?.title ?? null;
  return useSyncExternalStore(store.subscribe, titleNow, titleNow);
}

/** The list, kept current while the page is looked at: on return to it, and every few seconds while a reply runs. */
export function useChatList(): ChatListState {
  const store = useChatListStore();
  const state = useSyncExternalStore(store.subscribe, store.get, store.get);
  const anyRunning = useMemo(() => state.chats.some((chat) => chat.running), [state.chats]);

  useEffect(() => {
    const onShow = () => {
      if (document.visibilityState === "visible") void store.refresh();
    };
    document.addEventListener("visibilitychange", onShow);
    return () => document.removeEventListener("visibilitychange", onShow);
  }, [store]);

  useEffect(() => {
    if (!anyRunning) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void store.refresh();
    }, pollMs);
    return () => clearInterval(timer);
  }, [store, anyRunning]);

  return state;
}
