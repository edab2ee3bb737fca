"use client";

import { memo, useMemo, useSyncExternalStore } from "react";
import { pathTo } from "#lib/chat/tree.ts";
import type { ChatMessage } from "./chat-message.ts";
import type { ChatState } from "./chat-state.ts";
import type { ChatStore } from "./chat-store.ts";
import type { VersionProps } from "./message-actions.tsx";
import { MessageSlot } from "./message-slot.tsx";
import { Reply } from "./reply.tsx";
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
  const busy = running !== null;
  return path.map((message, index) => (
    <Place
      key={message.id}
      message={message}
      store={store}
      fromEnd={path.length - 1 - index}
      running={running?.messageId === message.id || message.metadata.status === "running"}
      connectionLost={running?.messageId === message.id && running.connection === "lost"}
      busy={busy}
      unsent={failedStart?.messageId === message.id}
      {...versionOf(families.get(message.parentId) ?? [message], message)}
    />
  ));
});

interface PlaceProps extends VersionProps {
  message: ChatMessage;
  store: ChatStore;
  /** 0 for the last of the thread. */
  fromEnd: number;
  running: boolean;
  connectionLost: boolean;
  busy: boolean;
  unsent: boolean;
}

const Place = memo(function Place(props: PlaceProps) {
  const { message, store, fromEnd, running, connectionLost, busy, unsent, ...version } = props;
  return (
    <MessageSlot message={message} atEnd={fromEnd < drawnAtOnce} pinned={fromEnd < 2}>
      {message.role === "user" ? (
        <UserMessage message={message} store={store} busy={busy} unsent={unsent} {...version} />
      ) : (
        <CurrentReply
          message={message}
          store={store}
          running={running}
          connectionLost={connectionLost}
          busy={busy}
          last={fromEnd === 0}
          {...version}
        />
      )}
    </MessageSlot>
  );
});

/** A reply as it stands now, also while it is written. */
function CurrentReply({ message, store, ...rest }: Parameters<typeof Reply>[0]) {
  const live = useSyncExternalStore(store.live.subscribe, store.live.get, () => null);
  return <Reply message={live?.id === message.id ? live : message} store={store} {...rest} />;
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
