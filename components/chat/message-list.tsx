"use client";

import { useMemo } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { pathTo } from "#lib/chat/tree.ts";
import type { ChatMessage } from "./chat-message.ts";
import type { ChatState } from "./chat-state.ts";
import type { ChatStore } from "./chat-store.ts";
import { Reply } from "./reply.tsx";
import { UserMessage } from "./user-message.tsx";

/** The branch that is shown, one column. What is far out of sight is not drawn. */
export function MessageList({ state, store }: { state: ChatState; store: ChatStore }) {
  const { messages, leafId, running, failedStart } = state;
  const path = leafId === null ? [] : pathTo(messages, leafId);
  const families = useMemo(() => Map.groupBy(messages, (message) => message.parentId), [messages]);
  const busy = running !== null;
  return path.map((message, index) => {
    const version = versionOf(families.get(message.parentId) ?? [message], message);
    const isLast = index === path.length - 1;
    const near = index >= path.length - 2;
    return (
      <article
        key={message.id}
        data-role={message.role}
        data-status={message.metadata.status}
        className={classNames(
          "group/message -mx-3 px-3 py-1",
          !near && "[contain-intrinsic-size:auto_240px] [content-visibility:auto]",
        )}
      >
        {message.role === "user" ? (
          <UserMessage
            message={message}
            store={store}
            busy={busy}
            unsent={failedStart?.messageId === message.id}
            {...version}
          />
        ) : (
          <Reply
            message={message}
            store={store}
            running={running?.messageId === message.id || message.metadata.status === "running"}
            connectionLost={running?.messageId === message.id && running.connection === "lost"}
            busy={busy}
            last={isLast}
            {...version}
          />
        )}
      </article>
    );
  });
}

function versionOf(family: readonly ChatMessage[], message: ChatMessage) {
  const index = family.findIndex((member) => member.id === message.id);
  return {
    number: index + 1,
    count: family.length,
    previousId: family[index - 1]?.id ?? null,
    nextId: family[index + 1]?.id ?? null,
  };
}
