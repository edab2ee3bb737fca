"use client";

import { usePathname } from "next/navigation";
import { useState } from "react";
import type { ChatOptions } from "#lib/chat/default-options.ts";
import type { ChatDetail } from "./chat-schemas.ts";
import { ChatView } from "./chat-view.tsx";
import { ExpandThinkingProvider } from "./expand-thinking.tsx";
import { newId } from "./new-id.ts";

export interface ChatScreenProps {
  /** The chat as the server read it for this page. Null on the page of a new chat. */
  initial: ChatDetail | null;
  name: string | null;
  /** What new chats begin with. */
  defaultOptions: ChatOptions;
  /** Whether thinking is shown unfolded from the start. */
  expandThinking: boolean;
}

/**
 * The chat that the address names. A chat gets its address when the server has taken its first message, without leaving
 * the page, so the page of new chats may stand at `/chat/{id}`; coming back to `/chat` begins another.
 */
export function ChatScreen({ initial, name, defaultOptions, expandThinking }: ChatScreenProps) {
  const pathname = usePathname();
  const [fresh, setFresh] = useState(() => ({ pathname, chatId: newId("chat") }));
  if (pathname !== fresh.pathname) {
    setFresh({ pathname, chatId: pathname === "/chat" ? newId("chat") : fresh.chatId });
  }
  const chatId = /^\/chat\/([^/]+)/.exec(pathname)?.[1] ?? fresh.chatId;
  const begun = chatId === fresh.chatId ? "new" : "unknown";
  return (
    <ExpandThinkingProvider value={expandThinking}>
      <ChatView
        key={chatId}
        chatId={chatId}
        initial={initial?.chat.id === chatId ? initial : begun}
        name={name}
        defaultOptions={defaultOptions}
        onCreated={(id) => window.history.replaceState(null, "", `/chat/${id}`)}
      />
    </ExpandThinkingProvider>
  );
}
