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
import { untilIdle } from "./when-idle.ts";

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

/** In the order in which a reply needs them, each on its own: together they would hold the page up while the person types. */
const ahead: readonly (() => Promise<unknown>)[] = [
  threadSource.fetch,
  loadSchemas,
  loadWatch,
  markdownSource.fetch,
  gaugeSource.fetch,
  () => import("./parse-markdown.ts").then(({ practise }) => practise(untilIdle)),
];

async function fetchAhead(): Promise<void> {
  for (const fetch of ahead) {
    await untilIdle();
    // Who needs it fetches it again, and tells why it could not be had.
    await fetch().catch(() => undefined);
  }
}

/**
 * Fetches what shows messages at the first sign of a person, before there is anything to show: the page itself begins without it
 * (docs/decisions/015-first-load.md).
 */
export function useThreadAhead(): void {
  useEffect(() => {
    const watch = new AbortController();
    const begin = () => {
      watch.abort();
      void fetchAhead();
    };
    for (const sign of signs) {
      window.addEventListener(sign, begin, { signal: watch.signal, passive: true });
    }
    return () => watch.abort();
  }, []);
}
