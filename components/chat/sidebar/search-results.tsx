"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type KeyboardEvent, useRef } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Skeleton, SkeletonGroup } from "#components/ui/skeleton.tsx";
import { ChatLink } from "../chat-link.tsx";
import { moveFocus } from "./row-focus.ts";
import type { SearchHit } from "./sidebar-schemas.ts";
import { useSearch } from "./use-search.ts";

/** What was found for a query: titles first, then messages, each leading to its place in its chat. */
export function SearchResults({ query }: { query: string }) {
  const t = useTranslations("sidebar.search");
  const { hits, state, nextCursor, answered, more } = useSearch(query);
  return (
    <section aria-label={t("results")} className="flex flex-col gap-1 pb-3">
      <p role="status" className="sr-only">
        {state === "done" &&
          (hits.length > 0 ? t("count", { count: hits.length }) : t("none", { query: answered }))}
      </p>
      <ul>
        {hits.map((hit) => (
          <li key={hit.messageId ?? hit.chatId}>
            <Hit hit={hit} />
          </li>
        ))}
      </ul>
      {state === "loading" && (
        <SkeletonGroup label={t("loading")}>
          <span className="flex flex-col gap-3 px-2 py-2">
            <Skeleton className="h-4 w-4/5" />
            <Skeleton className="h-4 w-3/5" />
            <Skeleton className="h-4 w-2/3" />
          </span>
        </SkeletonGroup>
      )}
      {state === "done" && hits.length === 0 && nextCursor === null && (
        <div className="px-2 py-2 text-13 text-muted">
          <p className="break-words">{t("none", { query: answered })}</p>
          <p className="mt-1 text-faint">{t("hint")}</p>
        </div>
      )}
      {state === "failed" && <p className="px-2 text-13 text-danger">{t("failed")}</p>}
      {(state === "failed" || (state === "done" && nextCursor !== null)) && (
        <Button variant="quiet" size="small" onClick={more}>
          {state === "failed" ? t("again") : t("further")}
        </Button>
      )}
    </section>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  const t = useTranslations("sidebar.search");
  const format = useFormatter();
  const link = useRef<HTMLAnchorElement>(null);
  const { chatId, messageId } = hit;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    moveFocus(link.current, event.key === "ArrowDown" ? 1 : -1);
  }
  return (
    <ChatLink
      ref={link}
      chatId={chatId}
      messageId={messageId}
      data-row=""
      onKeyDown={onKeyDown}
      className="block rounded-control px-2 py-1.5 hover:bg-raised/60 focus-visible:bg-raised/60"
    >
      <span className="flex items-baseline gap-2">
        <span dir="auto" className="min-w-0 flex-1 truncate text-14">
          <Marked segments={hit.title} />
        </span>
        {hit.archived && <Badge>{t("archived")}</Badge>}
      </span>
      {hit.snippet.length > 0 && (
        <span dir="auto" className="mt-0.5 line-clamp-2 break-words text-13 text-muted">
          <Marked segments={hit.snippet} />
        </span>
      )}
      <span className="mt-0.5 block text-12 text-faint">
        {hit.role === null ? t("title") : hit.role === "user" ? t("you") : t("answer")}
        {" · "}
        {format.dateTime(new Date(hit.at), { dateStyle: "medium" })}
      </span>
    </ChatLink>
  );
}

function Marked({ segments }: { segments: SearchHit["snippet"] }) {
  return segments.map(({ text, hit }, index) =>
    hit ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: segments have no other identity and never move
      <mark key={index} className="rounded-sm bg-accent-soft text-foreground">
        {text}
      </mark>
    ) : (
      text
    ),
  );
}
