"use client";

import { createContext, memo, useContext, useLayoutEffect, useMemo, useSyncExternalStore } from "react";
import { pathTo } from "#lib/chat/tree.ts";
import type { ChatMessage } from "./chat-message.ts";
import type { ChatState } from "./chat-state.ts";
import type { ChatStore } from "./chat-store.ts";
import type { VersionProps } from "./message-actions.tsx";
import { MessageSlot } from "./message-slot.tsx";
import { Reply } from "./reply.tsx";
import { useGrowing } from "./use-growing.ts";
import { showLinked, useLinkedMessage } from "./use-linked-message.ts";
import { UserMessage } from "./user-message.tsx";

/** How many messages are drawn before anything is measured: more than fill a window. */
const drawnAtOnce = 10;

/** The branch that is shown, one column. What is far out of sight is not drawn. */
export const MessageList = memo(function MessageList({
  state,
  store,
}: {
  state: ChatState;
  store: ChatStore;
}) {
  const { messages, leafId, running, failedStart } = state;
  const path = useMemo(() => (leafId === null ? [] : pathTo(messages, leafId)), [messages, leafId]);
  const families = useMemo(() => Map.groupBy(messages, (message) => message.parentId), [messages]);
  const linked = useLinkedMessage(state, store);
  const linkedAt = linked.id === null ? -1 : path.findIndex((message) => message.id === linked.id);
  const count = useGrowing(path.length, linkedAt < 0 ? 0 : path.length - linkedAt);
  useLayoutEffect(() => {
    if (linkedAt >= 0 && linked.id !== null && showLinked(linked.id)) linked.done();
  });
  const from = Math.max(0, path.length - count);
  return (
    <Busy value={running !== null}>
      {path.slice(from).map((message, index) => {
        const fromEnd = path.length - 1 - from - index;
        return (
          <Place
            key={message.id}
            message={message}
            store={store}
            atEnd={fromEnd < drawnAtOnce}
            pinned={fromEnd < 2}
            last={fromEnd === 0}
            running={running?.messageId === message.id || message.metadata.status === "running"}
            connectionLost={running?.messageId === message.id && running.connection === "lost"}
            unsent={failedStart?.messageId === message.id}
            {...versionOf(families.get(message.parentId) ?? [message], message)}
          />
        );
      })}
    </Busy>
  );
});

/** Whether some reply is being written. Apart from the places, so that those out of sight do not follow it. */
const Busy = createContext(false);

interface DrawnProps extends VersionProps {
  message: ChatMessage;
  store: ChatStore;
  last: boolean;
  running: boolean;
  connectionLost: boolean;
  unsent: boolean;
}

const Place = memo(function Place({
  atEnd,
  pinned,
  ...drawn
}: DrawnProps & { atEnd: boolean; pinned: boolean }) {
  return (
    <MessageSlot message={drawn.message} atEnd={atEnd} pinned={pinned}>
      {drawn.message.role === "user" ? <Question {...drawn} /> : <CurrentReply {...drawn} />}
    </MessageSlot>
  );
});

function Question({ last: _, running: __, connectionLost: ___, ...rest }: DrawnProps) {
  return <UserMessage {...rest} busy={useContext(Busy)} />;
}

/** A reply as it stands now, also while it is written. */
function CurrentReply({ message, store, unsent: _, ...rest }: DrawnProps) {
  const ownLive = () => {
    const live = store.live.get();
    return live?.id === message.id ? live : null;
  };
  const live = useSyncExternalStore(store.live.subscribe, ownLive, () => null);
  return <Reply message={live ?? message} store={store} busy={useContext(Busy)} {...rest} />;
}

function versionOf(family: readonly ChatMessage[], message: ChatMessage): VersionProps {
  const index = family.findIndex((member) => member.id === message.id);
  return {
    number: index + 1,
    count: family.length,
    previousId: family[index - 1]?.id ?? null,
    nextId: family[index + 1]?.id ?? null,
  };
}
