import type { WatchEvent } from "#lib/chat/generations/watch.ts";
import { formatEvent, sseComment } from "#lib/wire/sse.ts";

const keepAliveMs = 15_000;

/**
 * The events of a watched log as the bytes of an event stream, with a comment whenever it was silent for 15 s. Reads no
 * faster than its reader; a reader that goes away aborts `left`.
 */
export function toEventStream(
  events: AsyncGenerator<WatchEvent, void>,
  left: AbortController,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let keepAlive: ReturnType<typeof setInterval> | undefined;
  return new ReadableStream({
    start(controller) {
      // Sent at once, so that proxies and browsers see the response begin before the first event.
      controller.enqueue(encoder.encode(sseComment("open")));
      keepAlive = setInterval(
        () => controller.enqueue(encoder.encode(sseComment("keep-alive"))),
        keepAliveMs,
      );
    },
    async pull(controller) {
      const next = await events.next().catch((error: unknown) => {
        clearInterval(keepAlive);
        throw error;
      });
      if (next.done) {
        clearInterval(keepAlive);
        controller.close();
        return;
      }
      keepAlive?.refresh();
      controller.enqueue(encoder.encode(format(next.value)));
    },
    async cancel() {
      clearInterval(keepAlive);
      left.abort();
      await events.return();
    },
  });
}

function format(event: WatchEvent): string {
  if (event.kind === "chunk")
    return formatEvent({ id: String(event.seq), data: JSON.stringify(event.chunk) });
  const { status, messageId } = event;
  return formatEvent({ event: "end", data: JSON.stringify({ status, messageId }) });
}
