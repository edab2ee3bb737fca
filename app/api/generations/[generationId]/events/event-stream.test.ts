import { expect, test } from "vitest";
import type { WatchEvent } from "#lib/chat/generations/watch.ts";
import { toEventStream } from "./event-stream.ts";

async function* watched(events: WatchEvent[]): AsyncGenerator<WatchEvent, void> {
  yield* events;
}

test("events carry their position as id, and the end tells how it ended", async () => {
  const events: WatchEvent[] = [
    { kind: "chunk", seq: 3, chunk: { type: "text-delta", id: "t", delta: "a\nb" } },
    { kind: "end", status: "completed", messageId: "msg_1" },
  ];
  const text = await new Response(toEventStream(watched(events), new AbortController())).text();
  expect(text).toBe(
    [
      ": open\n\n",
      'id: 3\ndata: {"type":"text-delta","id":"t","delta":"a\\nb"}\n\n',
      'event: end\ndata: {"status":"completed","messageId":"msg_1"}\n\n',
    ].join(""),
  );
});

test("a reader that leaves ends the watch", async () => {
  const left = new AbortController();
  async function* endless(): AsyncGenerator<WatchEvent, void> {
    for (let seq = 1; !left.signal.aborted; seq += 1)
      yield { kind: "chunk", seq, chunk: { type: "start-step" } };
  }
  const reader = toEventStream(endless(), left).getReader();
  await reader.read();
  await reader.cancel();
  expect(left.signal.aborted).toBe(true);
});
