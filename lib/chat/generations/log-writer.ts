import type { ChatChunk } from "../message.ts";
import type { LogPosition } from "../store/generations.ts";
import { addChunk, toStorableChunk } from "./chunks.ts";

export interface LogWriter {
  push(chunk: ChatChunk): void;
  /** Stops writing, waits for a write under way and gives the chunks not written yet. */
  close(): Promise<ChatChunk[]>;
  /** The chunks of all batches given to `write` so far, deltas joined. */
  written(): readonly ChatChunk[];
  /** All chunks given so far, deltas joined, those not written yet included. */
  all(): readonly ChatChunk[];
}

export interface LogWriterOptions {
  /** Writes a batch, which may be empty: a sign of life. Null means the log is no longer ours. */
  write(batch: readonly ChatChunk[]): Promise<LogPosition | null>;
  /** Somebody asked for a stop. */
  onStopRequested(): void;
  /** The log is not ours any more: another process concluded the generation. */
  onLost(): void;
  /** A write failed, and no other is tried. */
  onFailed(error: unknown): void;
  /** Chunks wait at most this long, and the first after a pause not at all. */
  flushMs: number;
  /** The longest time between two writes. */
  beatMs: number;
  now: () => number;
}

/** They show nothing yet, and are not worth a write of their own: the words after them follow at once. */
const beginsOnly: ReadonlySet<ChatChunk["type"]> = new Set([
  "start",
  "start-step",
  "reasoning-start",
  "text-start",
]);

/** Gathers the chunks of a generation, which has just shown a sign of life, and writes them in batches, one write at a time. */
export function createLogWriter(options: LogWriterOptions): LogWriter {
  const written: ChatChunk[] = [];
  let waiting: ChatChunk[] = [];
  let writing: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerIsForBeat = false;
  let lastWriteAt = options.now();
  /** Signs of life do not count: they would hold up the first words after a silence. */
  let lastBatchAt = 0;
  let closed = false;

  async function write(): Promise<void> {
    const batch = waiting.map(toStorableChunk);
    waiting = [];
    for (const chunk of batch) addChunk(written, chunk);
    lastWriteAt = options.now();
    if (!batch.every(({ type }) => beginsOnly.has(type))) lastBatchAt = lastWriteAt;
    try {
      const position = await options.write(batch);
      if (position?.stopRequested) options.onStopRequested();
      if (position === null) {
        closed = true;
        options.onLost();
      }
    } catch (error) {
      closed = true;
      options.onFailed(error);
    }
    writing = null;
    schedule();
  }

  function schedule(): void {
    if (closed || writing) return;
    const forBeat = waiting.length === 0;
    if (timer !== undefined && timerIsForBeat === forBeat) return;
    clearTimeout(timer);
    timerIsForBeat = forBeat;
    const dueAt = forBeat ? lastWriteAt + options.beatMs : lastBatchAt + options.flushMs;
    timer = setTimeout(
      () => {
        timer = undefined;
        writing = write();
      },
      Math.max(0, dueAt - options.now()),
    );
  }

  schedule();
  return {
    push(chunk) {
      addChunk(waiting, chunk);
      if (!beginsOnly.has(chunk.type)) schedule();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await writing;
      return waiting.map(toStorableChunk);
    },
    written: () => written,
    all() {
      const all = [...written];
      for (const chunk of waiting) addChunk(all, toStorableChunk(chunk));
      return all;
    },
  };
}
