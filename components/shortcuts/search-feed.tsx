"use client";

import { MessageSquareText } from "lucide-react";
import { useEffect } from "react";
import { useSearch } from "#components/chat/sidebar/use-search.ts";
import { useOpenChat } from "#components/chat/use-open-chat.ts";
import { paths } from "#components/shell/paths.ts";
import type { Command } from "./command.ts";

export interface SearchFeedProps {
  query: string;
  /** What the server found in titles and messages. */
  onFound: (found: readonly Command[]) => void;
}

/** Searches chats and messages for as long as it is shown; draws nothing. */
export function SearchFeed({ query, onFound }: SearchFeedProps) {
  const openChat = useOpenChat();
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
          openChat(messageId === null ? path : `${path}#${messageId}`);
        },
      };
    });
    onFound(found);
    return () => onFound([]);
  }, [hits, onFound, openChat]);
  return null;
}
