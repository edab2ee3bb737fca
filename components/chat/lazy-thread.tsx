"use client";

import { useEffect } from "react";
import { Fetched, fetchedFrom } from "#components/ui/fetched.tsx";
import { loadSchemas } from "./chat-api.ts";
import { column } from "./chat-column.ts";
import { gaugeSource } from "./lazy-gauge.tsx";
import { markdownSource } from "./lazy-markdown.tsx";
import { loadWatch } from "./reply-follower.ts";
import type { ThreadProps } from "./thread.tsx";
import { ThreadSkeleton } from "./thread-skeleton.tsx";

const threadSource = fetchedFrom<ThreadProps>(() => import("./thread.tsx").then((module) => module.Thread));

/** The thread, its shape until it has been fetched. */
export function LazyThread(props: ThreadProps) {
  return (
    <Fetched from={threadSource} props={props}>
      <div className="min-h-0 flex-1 px-4">
        <div className={`${column} pt-6`}>
          <ThreadSkeleton />
        </div>
      </div>
    </Fetched>
  );
}

const signs = ["pointermove", "pointerdown", "touchstart", "keydown"] as const;

/**
 * Fetches what shows messages at the first sign of a person, before there is anything to show: the page itself begins without it
 * (docs/decisions/015-first-load.md).
 */
export function useThreadAhead(): void {
  useEffect(() => {
    const watch = new AbortController();
    const fetchAhead = () => {
      watch.abort();
      void threadSource.fetch();
      void markdownSource.fetch();
      void gaugeSource.fetch();
      void loadSchemas();
      void loadWatch();
    };
    for (const sign of signs) {
      window.addEventListener(sign, fetchAhead, { signal: watch.signal, passive: true });
    }
    return () => watch.abort();
  }, []);
}
