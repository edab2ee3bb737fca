import { readUIMessageStream, type UIMessageChunk } from "ai";
import type { ChatUIMessage } from "#lib/chat/message.ts";
import { type ChatMessage, toUIMessage } from "./chat-message.ts";
import { type FollowOptions, followGeneration, type LogEntry } from "./generation-events.ts";
import { resumeMessage } from "./resume-message.ts";

export type WatchTools = Pick<FollowOptions, "fetch" | "pause">;

export interface WatchOptions extends FollowOptions {
  /** The reply as it stands at log position `after`. */
  message: ChatMessage;
  onMessage(message: ChatMessage): void;
}

const SHOWN_EVERY_MS = 50;

/**
 * Follows a reply while it is written and hands out its growing states, about twenty a second at most and always the last
 * one. Ends with the log, or when the log can no longer be followed; the caller then reads the message anew.
 */
export async function watchReply(options: WatchOptions): Promise<void> {
  const { base, opening, lead } = resumeMessage(options.message);
  const entries = followGeneration(options);
  const show = throttled(options.onMessage, SHOWN_EVERY_MS);
  const states = readUIMessageStream<ChatUIMessage>({
    message: toUIMessage(base),
    stream: chunkStream(opening, entries, lead),
    onError: ignoreStoredErrors,
  });
  try {
    for await (const state of states) {
      if (options.signal.aborted) return;
      show.next({
        ...options.message,
        parts: state.parts,
        metadata: { ...base.metadata, ...state.metadata },
      });
    }
  } finally {
    if (options.signal.aborted) show.cancel();
    else show.flush();
  }
}

// An error of the model is part of the stored message, which is read when the log ends.
function ignoreStoredErrors(): void {
  return;
}

function chunkStream(
  opening: UIMessageChunk[],
  entries: AsyncGenerator<LogEntry, void>,
  lead: (chunk: UIMessageChunk) => UIMessageChunk | null,
): ReadableStream<UIMessageChunk> {
  // What is shown already is written again together with the first that is new, so that it is never seen half.
  let before = opening;
  return new ReadableStream({
    async pull(controller) {
      for (;;) {
        const next = await entries.next().catch(() => ({ done: true as const, value: undefined }));
        for (const chunk of before) controller.enqueue(chunk);
        before = [];
        if (next.done) return controller.close();
        const chunk = lead(next.value.chunk);
        if (chunk) return controller.enqueue(chunk);
      }
    },
    async cancel() {
      await entries.return();
    },
  });
}

/** The first value and the one after a pause go out in the next task, with all that comes in this one. */
function throttled<T>(emit: (value: T) => void, everyMs: number) {
  let latest: { value: T } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let emittedAtMs = Number.NEGATIVE_INFINITY;
  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const held = latest;
    latest = null;
    if (!held) return;
    emittedAtMs = performance.now();
    emit(held.value);
  }
  return {
    next(value: T): void {
      latest = { value };
      timer ??= setTimeout(flush, Math.max(0, emittedAtMs + everyMs - performance.now()));
    },
    flush,
    cancel(): void {
      latest = null;
      flush();
    },
  };
}
