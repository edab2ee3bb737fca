"use client";

import { useTranslations } from "next-intl";
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
import { type ChatListState, ChatListStore, type SidebarContent } from "./chat-list-store.ts";
import { eachList } from "./chat-lists.ts";
import { sidebarApi } from "./sidebar/sidebar-api.ts";

const Context = createContext<ChatListStore | null>(null);
const pollMs = { running: 4_000, quiet: 20_000 };

export function ChatListProvider({ initial, children }: { initial: SidebarContent; children: ReactNode }) {
  const t = useTranslations("sidebar.toast");
  const [store] = useState(() => new ChatListStore(initial, { ...chatApi, ...sidebarApi }, t));
  useEffect(() => store.speak(t), [store, t]);
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
  const titleNow = () => store.find(chatId)?.title ?? null;
  return useSyncExternalStore(store.subscribe, titleNow, titleNow);
}

/** The lists as they are now. */
export function useChatLists(): ChatListState {
  const store = useChatListStore();
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

/**
 * Keeps the lists current while the page is looked at: all of them on return to it, and by one small question every few seconds
 * which chats run, also by another process.
 */
export function useCurrentLists(): void {
  const store = useChatListStore();
  const { lists } = useChatLists();
  const anyRunning = useMemo(
    () => eachList(lists).some(([, list]) => list.chats.some((chat) => chat.running)),
    [lists],
  );
  useEffect(() => {
    const onShow = () => {
      if (document.visibilityState === "visible") void store.refresh();
    };
    document.addEventListener("visibilitychange", onShow);
    return () => document.removeEventListener("visibilitychange", onShow);
  }, [store]);
  useEffect(() => {
    const timer = setInterval(
      () => {
        if (document.visibilityState === "visible") void store.refreshRunning();
      },
      anyRunning ? pollMs.running : pollMs.quiet,
    );
    return () => clearInterval(timer);
  }, [store, anyRunning]);
}
