"use client";

import { usePathname } from "next/navigation";
import { useState } from "react";
import type { FollowUpChoice, SendKey } from "#lib/accounts/choices.ts";
import type { ChatOptions } from "#lib/chat/default-options.ts";
import type { ChatDetail } from "./chat-schemas.ts";
import { ChatView } from "./chat-view.tsx";
import { ExpandThinkingProvider } from "./expand-thinking.tsx";
import { FollowUpChoiceProvider } from "./follow-ups/follow-up-choice.tsx";
import { newId } from "./new-id.ts";
import { SendKeyProvider } from "./send-key.ts";

export interface ChatScreenProps {
  /** The chat as the server read it for this page. Null on the page of a new chat. */
  initial: ChatDetail | null;
  /** Whose page it is. */
  accountId: string;
  name: string | null;
  /** What new chats begin with. */
  defaultOptions: ChatOptions;
  /** Whether thinking is shown unfolded from the start. */
  expandThinking: boolean;
  followUps: FollowUpChoice;
  sendKey: SendKey;
}

/**
 * The chat that the address names; from one to another the page stays (`useOpenChat`). A chat gets its address when the server has taken its first message, without leaving
 * the page, so the page of new chats may stand at `/chat/{id}`; coming back to `/chat` begins another.
 */
export function ChatScreen(props: ChatScreenProps) {
  const { initial, accountId, name, defaultOptions, expandThinking, followUps, sendKey } = props;
  const pathname = usePathname();
  const [fresh, setFresh] = useState(() => ({ pathname, chatId: newId("chat"), isFirst: true }));
  if (pathname !== fresh.pathname) {
    // The chat that was begun here has got its address; any other leaves it, and it is no new one any more.
    const begun = pathname === `/chat/${fresh.chatId}`;
    setFresh({ pathname, chatId: begun ? fresh.chatId : newId("chat"), isFirst: false });
  }
  const chatId = /^\/chat\/([^/]+)/.exec(pathname)?.[1] ?? fresh.chatId;
  const begun = chatId === fresh.chatId ? "new" : "unknown";
  // Who comes back to a chat must not see it as it was when the page was made.
  const given = fresh.isFirst && initial?.chat.id === chatId ? initial : begun;
  return (
    <ExpandThinkingProvider value={expandThinking}>
      <FollowUpChoiceProvider value={followUps}>
        <SendKeyProvider value={sendKey}>
          <ChatView
            key={chatId}
            chatId={chatId}
            accountId={accountId}
            initial={given}
            name={name}
            defaultOptions={defaultOptions}
            onCreated={(id) => window.history.replaceState(null, "", `/chat/${id}`)}
          />
        </SendKeyProvider>
      </FollowUpChoiceProvider>
    </ExpandThinkingProvider>
  );
}
