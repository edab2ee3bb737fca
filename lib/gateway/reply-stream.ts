import type { ServerResponse } from "node:http";
import { sseComment } from "#lib/wire/sse.ts";
import { toChunk, toLastChunks } from "./chunked-coding.ts";
import type { AnswerRecorder } from "./idempotency/recorder.ts";

/** The client's end of a streamed answer. */
export interface ReplyStream {
  /** Sends status 200 and what stands before the first event, once: from then on errors can only be told inside the stream. */
  open(): void;
  isOpen(): boolean;
  /** Writes to the open stream. Where the client has no room for more, gives a promise of it, which a client that leaves keeps too. */
  write(bytes: Uint8Array | string): Promise<void> | null;
  /** Ends it; no keep-alive follows. */
  end(last: Uint8Array | string): void;
  /** Stops the keep-alive without writing. */
  stop(): void;
}

/** Proxies give up on connections that stay silent for a minute or less. */
export const defaultKeepAliveMs = 15_000;

const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
};

/**
 * Meant to be opened with the first event. It opens itself with the first keep-alive comment where the upstream stays silent.
 * Until then an upstream that fails still becomes a proper error response. `begin` gives what stands before the first event. What is
 * sent, comments and the end apart, is given to `recorder` too.
 */
export function openReplyStream(
  res: ServerResponse,
  options: { begin(): string; keepAliveMs: number; recorder: AnswerRecorder | null },
): ReplyStream {
  let isOpen = false;
  let isChunked = false;
  const keepAlive = setInterval(() => {
    if (res.writableNeedDrain || res.destroyed) return;
    open();
    send(sseComment("keep-alive"));
  }, options.keepAliveMs);

  function open(): void {
    if (isOpen || res.destroyed) return;
    isOpen = true;
    res.writeHead(200, streamHeaders);
    if (res.chunkedEncoding) {
      // Node writes a chunk in four pieces. Framed here it is one, and that is most of what an event costs.
      res.chunkedEncoding = false;
      isChunked = true;
    }
    options.recorder?.begin(200, res.getHeaders());
    const beginning = options.begin();
    options.recorder?.write(beginning);
    if (beginning) send(beginning);
  }

  const send = (bytes: Uint8Array | string) => res.write(isChunked ? toChunk(bytes) : bytes);
  const stop = () => clearInterval(keepAlive);

  return {
    open,
    isOpen: () => isOpen,
    stop,
    write(bytes) {
      if (bytes.length === 0 || res.destroyed) return null;
      keepAlive.refresh();
      options.recorder?.write(bytes);
      return send(bytes) ? null : drained(res);
    },
    end(last) {
      stop();
      if (res.destroyed) return;
      res.end(isChunked ? toLastChunks(last) : last);
    },
  };
}

function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      res.off("drain", done).off("close", done);
      resolve();
    };
    res.on("drain", done).on("close", done);
    if (res.destroyed) done();
  });
}
