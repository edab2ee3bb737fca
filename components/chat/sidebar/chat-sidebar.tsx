"use client";

import { Archive, Search, X } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { type KeyboardEvent, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { paths } from "#components/shell/paths.ts";
import { useChatLists, useCurrentLists } from "../chat-list-context.tsx";
import { ChatItems, MoreChats } from "./chat-items.tsx";
import { ChatRow } from "./chat-row.tsx";
import { type DateGroup, groupByDate, keyOf } from "./date-groups.ts";
import { focusFirstRow } from "./row-focus.ts";

const FolderSection = dynamic(() => import("./folder-section.tsx").then((module) => module.FolderSection));
const SearchResults = dynamic(() => import("./search-results.tsx").then((module) => module.SearchResults), {
  ssr: false,
});

/** Search, and the chats: pinned ones, folders, then all others, newest first under their dates. */
export function ChatSidebar() {
  const t = useTranslations("sidebar");
  const [query, setQuery] = useState("");
  const box = useRef<HTMLDivElement>(null);
  useCurrentLists();
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") setQuery("");
    if (event.key === "ArrowDown" && focusFirstRow(box.current)) event.preventDefault();
  }
  return (
    <div ref={box} data-rows="">
      <search className="sticky top-0 z-10 block bg-surface pb-2">
        <div className="relative">
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
          />
          <input
            type="text"
            inputMode="search"
            enterKeyHint="search"
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            value={query}
            maxLength={200}
            aria-label={t("search.label")}
            placeholder={t("search.placeholder")}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={onKeyDown}
            className="target w-full rounded-control border border-border bg-background pr-9 pl-8 text-14 touch:text-16"
          />
          {query !== "" && (
            <button
              type="button"
              aria-label={t("search.clear")}
              onClick={() => setQuery("")}
              className="absolute top-1/2 right-0 grid size-9 -translate-y-1/2 place-items-center rounded-control text-muted hover:text-foreground"
            >
              <X aria-hidden="true" className="size-4" />
            </button>
          )}
        </div>
      </search>
      {query.trim() === "" ? <ChatLists /> : <SearchResults query={query} />}
    </div>
  );
}

function ChatLists() {
  const t = useTranslations("sidebar");
  const { lists, folders } = useChatLists();
  const { recent, pinned } = lists;
  const pathname = usePathname();
  const currentId = /^\/chat\/([^/]+)/.exec(pathname)?.[1];
  const nothing = recent.chats.length + pinned.chats.length + folders.length === 0;
  return (
    <nav aria-label={t("name")} className="flex flex-col gap-3">
      {pinned.chats.length > 0 && (
        <section aria-label={t("groups.pinned")}>
          <h2 className="px-2 py-1 font-medium text-12 text-faint">{t("groups.pinned")}</h2>
          <ChatItems listKey="pinned" chats={pinned.chats} currentId={currentId} />
        </section>
      )}
      {!nothing && (
        // Its own boundary: the page would wait for it, and what is typed meanwhile be taken back.
        <Suspense fallback={null}>
          <FolderSection currentId={currentId} />
        </Suspense>
      )}
      {nothing && <p className="px-2 py-3 text-13 text-faint">{t("empty")}</p>}
      <RecentChats currentId={currentId} />
      <Link
        href={paths.archive}
        prefetch={false}
        aria-current={pathname === paths.archive ? "page" : undefined}
        className="target flex items-center gap-2 rounded-control px-2 text-13 text-muted hover:bg-raised hover:text-foreground aria-[current=page]:bg-raised"
      >
        <Archive aria-hidden="true" className="size-4" />
        {t("archive.name")}
      </Link>
    </nav>
  );
}

function RecentChats({ currentId }: { currentId: string | undefined }) {
  const t = useTranslations("sidebar.groups");
  const format = useFormatter();
  const { chats } = useChatLists().lists.recent;
  // Dates depend on the viewer's zone, which the server does not know: they come with the page's coming alive.
  const [now, setNow] = useState<Date | null>(null);
  useEffect(() => setNow(new Date()), []);
  const groups = useMemo(() => (now ? groupByDate(chats, now) : null), [chats, now]);
  const labelOf = ({ when }: DateGroup<unknown>) =>
    typeof when === "string"
      ? t(when)
      : format.dateTime(when, { month: "long", year: "numeric", timeZone: localZone() });
  const parts = groups?.map((group) => ({
    key: keyOf(group),
    label: labelOf(group),
    chats: group.items,
  })) ?? [{ key: "all", label: t("all"), chats }];
  return (
    <>
      {parts.map((part) => (
        <section key={part.key} aria-label={part.label} className="empty:hidden">
          {part.chats.length > 0 && (
            <>
              <h2 className="px-2 py-1 font-medium text-12 text-faint">{part.label}</h2>
              <ul>
                {part.chats.map((chat) => (
                  <ChatRow key={chat.id} chat={chat} current={chat.id === currentId} />
                ))}
              </ul>
            </>
          )}
        </section>
      ))}
      <MoreChats listKey="recent" />
    </>
  );
}

function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
