"use client";

import { MessageSquareText } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useSearch } from "#components/chat/sidebar/use-search.ts";
import { paths } from "#components/shell/paths.ts";
import type { Command } from "./command.ts";

export interface SearchFeedProps {
  query: string;
  /** What the server found in titles and messages. */
  onFound: (found: readonly Command[]) => void;
}

/** Searches chats and messages for as long as it is shown; draws nothing. */
export function SearchFeed({ query, onFound }: SearchFeedProps) {
  const router = useRouter();
  const { hits } = useSearch(query);
  useEffect(() => {
    const found = hits.map(({ chatId, messageId, title, snippet }): Command => {
      const textOf = (segments: typeof title) => segments.map(({ text }) => text).join("");
      return {
        id: `found-${messageId ?? chatId}`,
        group: "found",
        icon: <MessageSquareText />,
        label: textOf(title),
        about: textOf(snippet),
        run: () => {
          const path = `${paths.chat}/${chatId}`;
          if (messageId === null) router.push(path);
          else if (window.location.pathname !== path) router.push(`${path}#${messageId}`);
          else {
            // The chat is open already: the place in the address changes, also when it was the same before.
            window.history.replaceState(null, "", path);
            window.location.hash = messageId;
          }
        },
      };
    });
    onFound(found);
    return () => onFound([]);
  }, [hits, onFound, router]);
  return null;
}
