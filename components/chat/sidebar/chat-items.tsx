"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton.tsx";
import type { ListKey } from "../chat-api.ts";
import { useChatListStore, useChatLists } from "../chat-list-context.tsx";
import { emptyList } from "../chat-lists.ts";
import type { ChatListItem } from "../chat-schemas.ts";
import { ChatRow } from "./chat-row.tsx";

export interface ChatItemsProps {
  listKey: ListKey;
  chats: readonly ChatListItem[];
  currentId: string | undefined;
}

/** A list of chats whose older ones come as it is scrolled to its end. */
export function ChatItems({ listKey, chats, currentId }: ChatItemsProps) {
  return (
    <>
      <ul>
        {chats.map((chat) => (
          <ChatRow key={chat.id} chat={chat} current={chat.id === currentId} />
        ))}
      </ul>
      <MoreChats listKey={listKey} />
    </>
  );
}

/** Loads more of a list when it comes into sight; says so, or that it failed. */
export function MoreChats({ listKey }: { listKey: ListKey }) {
  const t = useTranslations("sidebar.older");
  const store = useChatListStore();
  const list = useChatLists().lists[listKey] ?? emptyList;
  if (list.failed) {
    return (
      <div className="px-2 text-13 text-muted">
        {t("failed")}
        <Button variant="quiet" size="small" onClick={() => void store.loadMore(listKey)} className="-ml-2.5">
          {t("again")}
        </Button>
      </div>
    );
  }
  if (list.nextCursor === null && !list.loading) return null;
  return <LoadMore key={list.nextCursor} busy={list.loading} onReach={() => store.loadMore(listKey)} />;
}

function LoadMore({ busy, onReach }: { busy: boolean; onReach: () => Promise<void> }) {
  const t = useTranslations("sidebar.older");
  const end = useRef<HTMLDivElement>(null);
  const reach = useRef(onReach);
  useEffect(() => {
    reach.current = onReach;
  }, [onReach]);
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void reach.current();
      },
      { rootMargin: "300px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={end} className="px-2 pb-2">
      {busy && (
        <SkeletonGroup label={t("loading")}>
          <span className="flex flex-col gap-3 py-2">
            <Skeleton className="h-4 w-4/5" />
            <Skeleton className="h-4 w-3/5" />
          </span>
        </SkeletonGroup>
      )}
    </div>
  );
}
