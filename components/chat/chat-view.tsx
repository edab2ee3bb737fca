"use client";

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { ChatMenu } from "#components/data/chat-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { type FilePart, filesOf } from "#lib/chat/attachments/file-part.ts";
import type { ChatOptions } from "#lib/chat/options.ts";
import { pathTo } from "#lib/chat/tree.ts";
import { DropZone } from "./attachments/drop-zone.tsx";
import { useAttachments } from "./attachments/use-attachments.ts";
import { ChatComposer } from "./chat-composer.tsx";
import { contextTokensOf } from "./chat-cost.ts";
import { ChatHeader } from "./chat-header.tsx";
import { useChatTitle } from "./chat-list-context.tsx";
import { textOf } from "./chat-message.ts";
import type { ChatState, InitialChat } from "./chat-state.ts";
import type { ChatStore } from "./chat-store.ts";
import type { ComposerHandle } from "./composer.tsx";
import { ContextGauge } from "./context-gauge.tsx";
import { Greeting, Suggestions } from "./empty-chat.tsx";
import { LoadFailure, MissingChat, ThreadSkeleton } from "./load-states.tsx";
import { MessageList } from "./message-list.tsx";
import { NearViewProvider } from "./message-slot.tsx";
import { useDefaultOptions } from "./options/default-options.ts";
import { useQueue } from "./queue/use-queue.ts";
import { useQuota } from "./quota-context.tsx";
import { asQuote } from "./quote.ts";
import { SelectionQuote } from "./selection-quote.tsx";
import { StartFailure } from "./start-failure.tsx";
import { StatusRegion } from "./status-region.tsx";
import { useChatStore } from "./use-chat-store.ts";
import { type FollowScroll, useFollowScroll } from "./use-follow-scroll.ts";
import { useShortcuts } from "./use-shortcuts.ts";

export interface ChatViewProps {
  chatId: string;
  initial: InitialChat;
  /** The person's name for the greeting. */
  name: string | null;
  /** What a new chat begins with. */
  defaultOptions: ChatOptions;
  /** The chat now exists at the server. */
  onCreated: (chatId: string) => void;
}

const column = "mx-auto w-full max-w-[47.5rem]";

/** One chat: the thread and the composer; before the first message a greeting and suggestions around the composer. */
export function ChatView({ chatId, initial, name, defaultOptions, onCreated }: ChatViewProps) {
  const defaults = useDefaultOptions(defaultOptions);
  const { store, state } = useChatStore(chatId, initial, defaults.options);
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
  const draftKey = isNew ? "new" : chatId;
  const attachments = useAttachments(draftKey);

  useShortcuts(useCallback(() => void store.stop(), [store]));
  useDocumentTitle(title);
  useReplyEnd(running !== null, quota.refresh);
  const beginning = running?.connection === "unconfirmed" ? running.messageId : null;
  const { follow } = scroll;
  useEffect(() => {
    if (beginning !== null) follow();
  }, [beginning, follow]);

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

  if (phase === "missing") return <MissingChat />;
  return (
    <div className="relative flex h-full flex-col">
      <DropZone onFiles={attachments.add} />
      <StatusRegion state={state} store={store} />
      {isNew ? (
        <div className="flex flex-1 flex-col justify-end px-4 pt-6">
          <Greeting name={name} />
        </div>
      ) : (
        <>
          <ChatHeader
            title={title}
            messages={state.messages}
            actions={phase === "ready" && <ChatMenu chatId={chatId} />}
          />
          <Thread
            state={state}
            store={store}
            scroll={scroll}
            onTakeBack={takeBack}
            onQuote={(text) => composer.current?.put(asQuote(text))}
          />
        </>
      )}
      <div className="px-3 pb-[max(0.5rem,env(safe-area-inset-bottom))] sm:px-4">
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
            aside={(draft) => <ContextGauge contextTokens={contextTokens} draft={draft} />}
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

interface ThreadProps {
  state: ChatState;
  store: ChatStore;
  scroll: FollowScroll;
  onTakeBack: () => void;
  onQuote: (text: string) => void;
}

function Thread({ state, store, scroll, onTakeBack, onQuote }: ThreadProps) {
  const t = useTranslations("chat.thread");
  const log = useRef<HTMLElement>(null);
  const { phase, problem, failedStart } = state;
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroll.box}
        className="h-full overflow-y-auto overscroll-contain px-4 [scrollbar-gutter:stable_both-edges]"
      >
        <div ref={scroll.content} className={`${column} flex flex-col gap-5 pt-6 pb-8`}>
          {phase === "loading" && <ThreadSkeleton />}
          {phase === "failed" && <LoadFailure problem={problem} onRetry={() => void store.refresh()} />}
          <section
            ref={log}
            role="log"
            aria-live="off"
            aria-label={t("messages")}
            className="flex flex-col gap-1"
          >
            <NearViewProvider box={scroll.element}>
              <MessageList state={state} store={store} />
            </NearViewProvider>
          </section>
          {failedStart && (
            <StartFailure
              key={failedStart.problem.message}
              failed={failedStart}
              onRetry={() => store.retryStart()}
              onDrop={onTakeBack}
            />
          )}
        </div>
      </div>
      <SelectionQuote within={log} onQuote={onQuote} />
      {!scroll.following && (
        <div className="pointer-events-none absolute inset-x-0 bottom-2 flex justify-center">
          <IconButton
            label={t("jump")}
            icon={<ArrowDown aria-hidden="true" />}
            onClick={scroll.follow}
            className="pointer-events-auto animate-fade-in rounded-full border border-border bg-overlay shadow-float"
          />
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
