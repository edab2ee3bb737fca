"use client";

import { Archive, ArchiveRestore, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { TimeAgo } from "#components/ui/time-ago.tsx";
import { ChatLink } from "../chat-link.tsx";
import { useChatListStore, useChatLists } from "../chat-list-context.tsx";
import { emptyList } from "../chat-lists.ts";
import { MoreChats } from "./chat-items.tsx";

/** The chats that are put away: each can be opened, taken back or deleted. */
export function ArchiveView() {
  const t = useTranslations("sidebar.archive");
  const store = useChatListStore();
  const list = useChatLists().lists.archived ?? emptyList;
  const { loaded } = list;
  useEffect(() => {
    if (!loaded) void store.loadMore("archived");
  }, [store, loaded]);
  return (
    <div className="mx-auto w-full max-w-190 px-4 py-8 sm:px-6">
      <h1 className="text-20">{t("name")}</h1>
      <p className="mt-1 text-14 text-muted">{t("about")}</p>
      {loaded && list.chats.length === 0 && (
        <EmptyState icon={<Archive aria-hidden="true" />} title={t("empty")}>
          {t("emptyWhy")}
        </EmptyState>
      )}
      <ul className="mt-5 divide-y divide-border">
        {list.chats.map((chat) => (
          <li key={chat.id} className="flex items-center gap-1 py-1">
            <ChatLink
              chatId={chat.id}
              className="target flex min-w-0 flex-1 items-center gap-3 rounded-control px-2 text-14 hover:bg-raised"
            >
              <span dir="auto" className="min-w-0 flex-1 truncate">
                {chat.title}
              </span>
              <span className="shrink-0 text-13 text-muted">
                <TimeAgo at={chat.lastMessageAt} />
              </span>
            </ChatLink>
            <IconButton
              label={t("restore")}
              icon={<ArchiveRestore aria-hidden="true" />}
              onClick={() => void store.archive(chat, false)}
            />
            <IconButton
              label={t("delete", { title: chat.title })}
              icon={<Trash2 aria-hidden="true" />}
              onClick={() => void store.remove(chat)}
            />
          </li>
        ))}
      </ul>
      <MoreChats listKey="archived" />
    </div>
  );
}
