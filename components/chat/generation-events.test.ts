import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChatProblem } from "./chat-api.ts";
import { followGeneration } from "./generation-events.ts";

const length = 20;
const event = (seq: number) =>
  `id: ${seq}\ndata: ${JSON.stringify({ type: "text-delta", id: "0", delta: String(seq) })}\n\n`;
const end = 'event: end\ndata: {"status":"completed","messageId":"msg_1"}\n\n';

function streamOf(text: string, failure: Error | null): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const half = Math.floor(bytes.length / 2);
  const pieces = [bytes.slice(0, half), bytes.slice(half)];
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else if (failure) controller.error(failure);
      else controller.close();
    },
  });
}

/** A server whose every connection breaks after some events, and whose last one ends the log. */
function flakyServer(cuts: readonly number[]) {
  const left = [...cuts];
  const asked: number[] = [];
  return {
    asked,
    fetch: async (url: string) => {
      const after = Number(new URL(url, "http://127.0.0.1").searchParams.get("after"));
      asked.push(after);
      const cut = left.shift();
      if (cut === 0) throw new TypeError("network");
      const last = cut === undefined ? length : Math.min(length, after + cut);
      const events = Array.from({ length: last - after }, (_, index) => event(after + index + 1)).join("");
      // A reconnect may give an event again that was already seen.
      const repeated = after > 0 ? event(after) : "";
      const torn = cut === undefined ? end : "id: 99\ndata: {";
      return new Response(
        streamOf(`: open\n\n${repeated}${events}${torn}`, cut === undefined ? null : new Error("cut")),
      );
    },
  };
}

async function collect(
  options: Partial<Parameters<typeof followGeneration>[0]>,
  after = 0,
): Promise<number[]> {
  const seen: number[] = [];
  const entries = followGeneration({
    generationId: "gen_1",
    after,
    signal: new AbortController().signal,
    onConnection: () => undefined,
    pause: () => new Promise((resolve) => setTimeout(resolve)),
    fetch: flakyServer([]).fetch,
    ...options,
  });
  for await (const entry of entries) seen.push(entry.seq);
  return seen;
}

test("every entry comes once and in order however often the connection breaks", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 6 }), { maxLength: 8 }),
      fc.nat({ max: length }),
      async (cuts, after) => {
        const seen = await collect({ fetch: flakyServer(cuts).fetch }, after);
        expect(seen).toEqual(Array.from({ length: length - after }, (_, index) => after + index + 1));
      },
    ),
  );
});

test("a reconnect asks for what follows the last entry seen", async () => {
  const server = flakyServer([3, 0, 4]);
  await collect({ fetch: server.fetch });
  expect(server.asked).toEqual([0, 3, 3, 7]);
});

test("a refused log is not asked for again", async () => {
  const refuse = async () =>
    Response.json({ error: { message: "There is no such thing.", code: "not_found" } }, { status: 404 });
  await expect(collect({ fetch: refuse })).rejects.toMatchObject({
    code: "not_found",
  } satisfies Partial<ChatProblem>);
});

test("a log with a gap is given up instead of shown with a hole", async () => {
  const gap = async () => new Response(event(1) + event(3));
  await expect(collect({ fetch: gap })).rejects.toMatchObject({ code: "gap" } satisfies Partial<ChatProblem>);
});
