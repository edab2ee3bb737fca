"use client";

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { ChatMenu } from "#components/data/chat-menu.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { column } from "./chat-column.ts";
import { ChatHeader } from "./chat-header.tsx";
import type { ChatMessage } from "./chat-message.ts";
import type { ChatState } from "./chat-state.ts";
import type { ChatStore } from "./chat-store.ts";
import { FollowUpsPlace } from "./follow-ups/follow-ups-place.tsx";
import { LoadFailure } from "./load-states.tsx";
import { MessageList } from "./message-list.tsx";
import { NearViewProvider } from "./message-slot.tsx";
import { SelectionQuote } from "./selection-quote.tsx";
import { StartFailure } from "./start-failure.tsx";
import { TemporaryNotice } from "./temporary-chat.tsx";
import { ThreadSkeleton } from "./thread-skeleton.tsx";
import type { FollowScroll } from "./use-follow-scroll.ts";

const none: readonly ChatMessage[] = [];

export interface ThreadProps {
  chatId: string;
  title: string | null;
  state: ChatState;
  store: ChatStore;
  scroll: FollowScroll;
  onTakeBack: () => void;
  onQuote: (text: string) => void;
}

/** The messages of a chat under its title. Fetched apart from the page, which begins without any. */
export function Thread({ chatId, title, state, store, scroll, onTakeBack, onQuote }: ThreadProps) {
  const t = useTranslations("chat.thread");
  const log = useRef<HTMLElement>(null);
  const { phase, problem, failedStart } = state;
  return (
    <>
      {/* A sum over some of the messages would be a wrong one. */}
      <ChatHeader
        title={title}
        messages={state.partial ? none : state.messages}
        actions={phase === "ready" && <ChatMenu chatId={chatId} />}
      />
      {state.temporaryUntil !== null && <TemporaryNotice chatId={chatId} />}
      <div className="relative min-h-0 flex-1">
        <div
          ref={scroll.box}
          className="h-full overflow-y-auto overscroll-contain px-4 print:h-auto print:overflow-visible [scrollbar-gutter:stable_both-edges]"
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
            <FollowUpsPlace chatId={chatId} state={state} store={store} />
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
    </>
  );
}
