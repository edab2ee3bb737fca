"use client";

import { usePathname } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton.tsx";
import { useChatList, useChatListStore } from "./chat-list-context.tsx";
import { ChatRow } from "./chat-row.tsx";
import { groupByDate } from "./date-groups.ts";

/** The chats, newest first under their dates; older ones come as the list is scrolled. */
export function ChatSidebar() {
  const { chats, nextCursor, loadingMore, moreFailed } = useChatList();
  const store = useChatListStore();
  const pathname = usePathname();
  const currentId = /^\/chat\/([^/]+)/.exec(pathname)?.[1];
  // Dates depend on the viewer's zone, which the server does not know: they come with the page's coming alive.
  const [now, setNow] = useState<Date | null>(null);
  useEffect(() => setNow(new Date()), []);
  const groups = useMemo(
    () => (now ? groupByDate(chats, now) : [{ label: "Chats", items: [...chats] }]),
    [chats, now],
  );
  if (chats.length === 0) {
    return <p className="px-2 py-3 text-13 text-faint">Your chats will be listed here.</p>;
  }
  return (
    <nav aria-label="Chats" className="flex flex-col gap-3">
      {groups.map((group) => (
        <section key={group.label} aria-label={group.label}>
          <h2 className="px-2 pt-1 pb-1 font-medium text-12 text-faint">{group.label}</h2>
          <ul>
            {group.items.map((chat) => (
              <ChatRow key={chat.id} chat={chat} current={chat.id === currentId} />
            ))}
          </ul>
        </section>
      ))}
      {nextCursor !== null && !moreFailed && (
        <LoadMore key={nextCursor} busy={loadingMore} onReach={store.loadMore} />
      )}
      {moreFailed && (
        <div className="px-2 text-13 text-muted">
          Older chats could not be loaded.
          <Button variant="quiet" size="small" onClick={store.loadMore} className="-ml-2.5">
            Try again
          </Button>
        </div>
      )}
    </nav>
  );
}

function LoadMore({ busy, onReach }: { busy: boolean; onReach: () => Promise<void> }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void onReach();
      },
      { rootMargin: "300px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [onReach]);
  return (
    <div ref={end} className="px-2 pb-2">
      {busy && (
        <SkeletonGroup label="Loading older chats">
          <span className="flex flex-col gap-3 py-2">
            <Skeleton className="h-4 w-4/5" />
            <Skeleton className="h-4 w-3/5" />
          </span>
        </SkeletonGroup>
      )}
    </div>
  );
}
