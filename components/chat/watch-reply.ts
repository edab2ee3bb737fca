import type { ChatMessage } from "./chat-message.ts";
import { type FollowOptions, followGeneration } from "./generation-events.ts";
import { ReplyBuilder } from "./reply-builder.ts";

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
  const { signal } = options;
  const reply = new ReplyBuilder(options.message);
  const show = throttled(() => options.onMessage(reply.message()), SHOWN_EVERY_MS);
  try {
    for await (const { chunk } of followGeneration(options)) {
      if (signal.aborted) return;
      reply.add(chunk);
      show.ask();
    }
  } catch {
    // Refused, or an entry that does not fit what is here: the caller reads the message anew and learns why.
  } finally {
    if (signal.aborted) show.cancel();
    else show.flush();
  }
}

/** The first time, and after a pause, it is shown in the next task, with all that comes in this one. */
function throttled(show: () => void, everyMs: number) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let shownAtMs = Number.NEGATIVE_INFINITY;
  function cancel(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }
  function flush(): void {
    if (timer === null) return;
    cancel();
    shownAtMs = performance.now();
    show();
  }
  return {
    ask(): void {
      timer ??= setTimeout(flush, Math.max(0, shownAtMs + everyMs - performance.now()));
    },
    flush,
    cancel,
  };
}
