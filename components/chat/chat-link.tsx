"use client";

import Link from "next/link";
import type { ComponentProps } from "react";
import { paths } from "#components/shell/paths.ts";
import { approachChat, leaveChat } from "./chat-preload.ts";
import { isChatPage, useOpenChat } from "./use-open-chat.ts";

export interface ChatLinkProps extends Omit<ComponentProps<typeof Link>, "href" | "prefetch"> {
  chatId: string;
  messageId?: string | null;
}

/** A link to a chat, or to one of its messages, whose end is read while the pointer or the focus rests on it. */
export function ChatLink({ chatId, messageId = null, ...props }: ChatLinkProps) {
  const open = useOpenChat();
  const path = `${paths.chat}/${chatId}${messageId === null ? "" : `#${messageId}`}`;
  const approach = () => approachChat(chatId);
  return (
    <Link
      href={path}
      prefetch={false}
      onPointerEnter={approach}
      onPointerLeave={leaveChat}
      onFocus={approach}
      onBlur={leaveChat}
      onNavigate={(event) => {
        if (!isChatPage()) return;
        event.preventDefault();
        open(path);
      }}
      {...props}
    />
  );
}
