import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { ChatChunk } from "../message.ts";
import { addChunk, closingChunks, toStorableChunk } from "./chunks.ts";
import { createLogWriter } from "./log-writer.ts";
import { reduceParts } from "./reduce.ts";
import { createReasoningTimer } from "./time-reasoning.ts";

type Stretch = { kind: "text" | "reasoning"; deltas: string[] };

const stretches = fc.array(
  fc.record<Stretch>({
    kind: fc.constantFrom("text", "reasoning"),
    deltas: fc.array(fc.string({ unit: "binary", maxLength: 8 }), { maxLength: 6 }),
  }),
  { maxLength: 6 },
);

function chunksOf(given: readonly Stretch[]): ChatChunk[] {
  return [
    { type: "start", messageId: "m" },
    { type: "start-step" },
    ...given.flatMap(({ kind, deltas }, index): ChatChunk[] => {
      const id = `${kind}:${index}`;
      return [
        { type: `${kind}-start`, id },
        ...deltas.map((delta): ChatChunk => ({ type: `${kind}-delta`, id, delta })),
        { type: `${kind}-end`, id },
      ];
    }),
  ];
}

const closing = { endedAt: 7, keepAsking: true };

describe("the log of a generation", () => {
  test("gives the same message with its deltas joined, wherever batches were cut", async () => {
    await fc.assert(
      fc.asyncProperty(stretches, fc.infiniteStream(fc.boolean()), async (given, cuts) => {
        const chunks = chunksOf(given).map(toStorableChunk);
        const log: ChatChunk[] = [];
        let batch: ChatChunk[] = [];
        for (const chunk of chunks) {
          addChunk(batch, chunk);
          if (!cuts.next().value) continue;
          log.push(...batch);
          batch = [];
        }
        log.push(...batch);
        const parts = await reduceParts("m", [], log);
        expect(parts).toEqual(await reduceParts("m", [], chunks));
        const texts = given.map(({ deltas }) =>
          deltas.join("").replaceAll("\u0000", "\ufffd").toWellFormed(),
        );
        expect(parts.flatMap((part) => ("text" in part ? [part.text] : []))).toEqual(texts);
      }),
    );
  });

  test("broken off anywhere, it is closed into parts that are done", async () => {
    await fc.assert(
      fc.asyncProperty(stretches, fc.nat(), async (given, at) => {
        const chunks = chunksOf(given).map(toStorableChunk);
        const kept = chunks.slice(0, at % (chunks.length + 1));
        const parts = await reduceParts("m", [], [...kept, ...closingChunks([], kept, closing)]);
        expect(parts.filter((part) => "state" in part && part.state !== "done")).toEqual([]);
        expect(closingChunks([], chunks, closing)).toEqual([]);
      }),
    );
  });

  test("replays onto the parts that were there before, which stay as they are", async () => {
    const kept = await reduceParts("m", [], chunksOf([{ kind: "text", deltas: ["One, "] }]));
    const parts = await reduceParts("m", kept, chunksOf([{ kind: "text", deltas: ["two."] }]));
    expect(parts.slice(0, kept.length)).toEqual(kept);
    expect(parts.flatMap((part) => (part.type === "text" ? [part.text] : []))).toEqual(["One, ", "two."]);
  });

  test("a tool that was running when the log broke off is shown as interrupted", async () => {
    const call: ChatChunk = { type: "tool-input-available", toolCallId: "c", toolName: "clock", input: {} };
    const log: ChatChunk[] = [{ type: "start-step" }, call];
    const parts = await reduceParts("m", [], [...log, ...closingChunks([], log, closing)]);
    expect(parts.at(-1)).toMatchObject({ state: "output-error", errorText: "Interrupted" });
  });

  test("a stretch of thinking keeps when it began and ended beside what the provider says of it", async () => {
    let time = 100;
    const timed = createReasoningTimer(() => time++);
    const chunks: ChatChunk[] = [
      { type: "reasoning-start", id: "r", providerMetadata: { openai: { itemId: "i" } } },
      { type: "reasoning-delta", id: "r", delta: "Hm", providerMetadata: { openai: { itemId: "i" } } },
      {
        type: "reasoning-end",
        id: "r",
        providerMetadata: { openai: { reasoningEncryptedContent: "sealed" } },
      },
    ];
    const [part] = await reduceParts("m", [], chunks.map(timed));
    expect(part).toMatchObject({
      text: "Hm",
      providerMetadata: {
        openai: { itemId: "i", reasoningEncryptedContent: "sealed" },
        aigateway: { startedAt: 100, endedAt: 101 },
      },
    });
  });
});

describe("the writer of a log", () => {
  const delta = (text: string): ChatChunk => ({ type: "text-delta", id: "t", delta: text });

  test("writes the first chunk at once, one write at a time, and loses none that waits", async () => {
    const batches: ChatChunk[][] = [];
    const releases: (() => void)[] = [];
    const began: (() => void)[] = [];
    const writer = createLogWriter({
      flushMs: 0,
      beatMs: 60_000,
      now: Date.now,
      onStopRequested: () => undefined,
      onLost: () => undefined,
      onFailed: () => undefined,
      async write(batch) {
        batches.push([...batch]);
        began.shift()?.();
        await new Promise<void>((done) => releases.push(done));
        return { lastSeq: batches.length, stopRequested: false };
      },
    });
    const firstWrite = new Promise<void>((done) => began.push(done));
    writer.push(delta("a"));
    await firstWrite;
    writer.push(delta("b"));
    writer.push(delta("c"));
    expect(batches).toEqual([[delta("a")]]);
    const closed = writer.close();
    releases.shift()?.();
    expect(await closed).toEqual([delta("bc")]);
    expect(batches).toHaveLength(1);
    expect(writer.all()).toEqual([delta("abc")]);
  });

  test("tells of a stop, of a log that is not its own any more, and of a write that failed", async () => {
    const heard = async (write: () => Promise<{ lastSeq: number; stopRequested: boolean } | null>) =>
      new Promise<string>((done) => {
        const writer = createLogWriter({
          flushMs: 0,
          beatMs: 60_000,
          now: Date.now,
          write,
          onStopRequested: () => void writer.close().then(() => done("stop")),
          onLost: () => done("lost"),
          onFailed: () => done("failed"),
        });
        writer.push(delta("a"));
      });
    expect(await heard(() => Promise.resolve({ lastSeq: 1, stopRequested: true }))).toBe("stop");
    expect(await heard(() => Promise.resolve(null))).toBe("lost");
    expect(await heard(() => Promise.reject(new Error("no database")))).toBe("failed");
  });
});

describe("the first words are written at once", () => {
  /** When batches were written, in ms since the start, of chunks that came when. */
  async function writes(chunks: readonly (readonly [number, ChatChunk])[]): Promise<number[]> {
    vi.useFakeTimers();
    try {
      const written: number[] = [];
      const startMs = Date.now();
      const writer = createLogWriter({
        flushMs: 150,
        beatMs: 400,
        now: Date.now,
        write: async (batch) => {
          if (batch.length > 0) written.push(Date.now() - startMs);
          return { lastSeq: 0, stopRequested: false };
        },
        onStopRequested: () => undefined,
        onLost: () => undefined,
        onFailed: () => undefined,
      });
      for (const [at, chunk] of chunks) {
        await vi.advanceTimersByTimeAsync(at - (Date.now() - startMs));
        writer.push(chunk);
      }
      await vi.advanceTimersByTimeAsync(200);
      await writer.close();
      return written;
    } finally {
      vi.useRealTimers();
    }
  }

  test("after a silence, whenever the last sign of life was", async () => {
    // Signs of life come at 400 and 800.
    const times = await writes([
      [0, { type: "start" }],
      [820, { type: "text-delta", id: "0", delta: "First" }],
      [830, { type: "text-delta", id: "0", delta: " words" }],
    ]);
    expect(times).toEqual([400, 820, 970]);
  });

  test("soon after the reply began, and those that follow gather", async () => {
    const times = await writes([
      [0, { type: "start" }],
      [40, { type: "start-step" }],
      [40, { type: "reasoning-start", id: "0" }],
      [60, { type: "reasoning-delta", id: "0", delta: "Hm" }],
      [70, { type: "reasoning-delta", id: "0", delta: "m" }],
    ]);
    expect(times).toEqual([60, 210]);
  });
});
