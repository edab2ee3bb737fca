"use client";

import dynamic from "next/dynamic";
import { Suspense, useEffect, useMemo, useRef } from "react";
import { type FilePart, filesOf } from "#lib/chat/attachments/file-part.ts";
import type { ChatOptions } from "#lib/chat/default-options.ts";
import { pathTo } from "#lib/chat/tree.ts";
import { DropZone } from "./attachments/drop-zone.tsx";
import { useAttachments } from "./attachments/use-attachments.ts";
import { column } from "./chat-column.ts";
import { ChatComposer } from "./chat-composer.tsx";
import { contextTokensOf } from "./chat-cost.ts";
import { useChatTitle } from "./chat-list-context.tsx";
import { textOf } from "./chat-message.ts";
import type { InitialChat } from "./chat-state.ts";
import type { ComposerHandle } from "./composer.tsx";
import { Greeting, Suggestions } from "./empty-chat.tsx";
import { LazyGauge } from "./lazy-gauge.tsx";
import { LazyThread, useThreadAhead } from "./lazy-thread.tsx";
import { useDefaultOptions } from "./options/default-options.ts";
import { useQueue } from "./queue/use-queue.ts";
import { useQuota } from "./quota-context.tsx";
import { asQuote } from "./quote.ts";
import { StatusRegion } from "./status-region.tsx";
import { TemporarySwitch } from "./temporary-chat.tsx";
import { useChatActs } from "./use-chat-acts.ts";
import { useChatStore } from "./use-chat-store.ts";
import { useFollowScroll } from "./use-follow-scroll.ts";

// What a chat without a message does not show.
const MissingChat = dynamic(() => import("./load-states.tsx").then((module) => module.MissingChat));

export interface ChatViewProps {
  chatId: string;
  /** Whose page it is. */
  accountId: string;
  initial: InitialChat;
  /** The person's name for the greeting. */
  name: string | null;
  /** What a new chat begins with. */
  defaultOptions: ChatOptions;
  /** The chat now exists at the server. */
  onCreated: (chatId: string) => void;
}

/** One chat: the thread and the composer; before the first message a greeting and suggestions around the composer. */
export function ChatView({ chatId, accountId, initial, name, defaultOptions, onCreated }: ChatViewProps) {
  const defaults = useDefaultOptions(defaultOptions);
  const { store, state, beginning } = useChatStore(chatId, initial, defaults.options);
  const queue = useQueue(store, state);
  const scroll = useFollowScroll();
  const composer = useRef<ComposerHandle | null>(null);
  const quota = useQuota();
  const { running, phase } = state;
  const title = useChatTitle(chatId) ?? state.title;
  const contextTokens = useMemo(
    () => (state.leafId === null ? 0 : contextTokensOf(pathTo(state.messages, state.leafId))),
    [state.messages, state.leafId],
  );
  const isNew = phase === "new";
  // A browser may know several accounts; the ids of chats belong to one.
  const draftKey = isNew ? `new:${accountId}` : chatId;
  const attachments = useAttachments(draftKey);

  useChatActs({ store, state, composer });
  useThreadAhead();
  useDocumentTitle(title);
  useReplyEnd(running !== null, quota.refresh);
  const starting = running?.connection === "unconfirmed" ? running.messageId : null;
  const { follow } = scroll;
  useEffect(() => {
    if (starting !== null) follow();
  }, [starting, follow]);

  async function send(text: string, files: FilePart[] = []): Promise<boolean> {
    const taken = await store.send({ text, files });
    if (taken && isNew) onCreated(chatId);
    return taken;
  }
  function takeBack() {
    const message = store.dropFailedStart();
    if (!message) return;
    queue.remove(message.id);
    composer.current?.put(textOf(message));
    attachments.restore(filesOf(message.parts));
  }

  if (phase === "missing") {
    return (
      <Suspense fallback={null}>
        <MissingChat />
      </Suspense>
    );
  }
  return (
    <div className="relative flex h-full flex-col print:block print:h-auto">
      <DropZone onFiles={attachments.add} />
      <StatusRegion state={state} store={store} />
      {isNew ? (
        <div className="flex flex-1 flex-col justify-end px-4 pt-6">
          <Greeting name={name} />
          <TemporarySwitch
            onChange={(temporary) => {
              beginning.temporary = temporary;
            }}
          />
        </div>
      ) : (
        <LazyThread
          chatId={chatId}
          title={title}
          state={state}
          store={store}
          scroll={scroll}
          onTakeBack={takeBack}
          onQuote={(text) => composer.current?.put(asQuote(text))}
        />
      )}
      <div className="px-3 pb-[max(0.5rem,env(safe-area-inset-bottom))] sm:px-4 print:hidden">
        <div className={column}>
          <ChatComposer
            handle={composer}
            draftKey={draftKey}
            store={store}
            state={state}
            queue={queue}
            defaults={defaults}
            attachments={attachments}
            onSend={send}
            aside={(draft) =>
              (contextTokens > 0 || draft !== "" || attachments.files.length > 0) && (
                <LazyGauge contextTokens={contextTokens} draft={draft} files={attachments.files} />
              )
            }
          />
        </div>
      </div>
      {isNew && (
        <div className="flex-[1.4] px-3 pt-2 pb-6 sm:px-4">
          <div className={column}>
            <Suggestions onPick={(prompt) => void send(prompt)} />
          </div>
        </div>
      )}
    </div>
  );
}

function useReplyEnd(running: boolean, onEnd: () => Promise<void>): void {
  const wasRunning = useRef(false);
  useEffect(() => {
    if (wasRunning.current && !running) void onEnd();
    wasRunning.current = running;
  }, [running, onEnd]);
}

function useDocumentTitle(title: string | null): void {
  useEffect(() => {
    if (title !== null) document.title = `${title} · AIgateway`;
  }, [title]);
}
