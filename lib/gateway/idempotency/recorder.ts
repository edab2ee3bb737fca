import type { OutgoingHttpHeaders } from "node:http";
import type { Logger } from "pino";
import type { Db } from "#lib/db/client.ts";
import type { AnswerEnd, CallRun } from "./call-run.ts";
import { keptHeaders } from "./kept-headers.ts";
import { createSealer } from "./sealer.ts";
import { releaseCall, renewLease, storePiece } from "./store.ts";

/** Stores an answer while it is given. What cannot be stored frees the key; it never disturbs the answer itself. */
export interface AnswerRecorder {
  begin(httpStatus: number, headers: OutgoingHttpHeaders): void;
  write(bytes: Uint8Array | string): void;
  /** The end of the answer; resolves once a repetition gets all of it. */
  end(end: AnswerEnd, last: Uint8Array | string): Promise<void>;
  /** Frees the key; nothing once the answer has ended. */
  release(): Promise<void>;
}

/** A larger answer is not kept. */
const maxAnswerBytes = 8 * 1024 * 1024;
const flushEveryMs = 100;
const defaultRenewEveryMs = 10_000;

export interface RecorderOptions {
  db: Db;
  log: Logger;
  secret: string;
  run: CallRun;
  renewEveryMs?: number;
}

/** Records the answer of a run that has claimed its key. */
export function createRecorder(options: RecorderOptions): AnswerRecorder {
  const { db, log, secret, run, renewEveryMs = defaultRenewEveryMs } = options;
  const sealer = createSealer(secret, run);
  let head: { httpStatus: number; sealedHeaders: string } | null = null;
  let waiting: Buffer[] = [];
  let sizeBytes = 0;
  let seq = 0;
  let ended = false;
  let broken = false;
  let flushing: NodeJS.Timeout | null = null;
  let last = Promise.resolve();

  // One write after the other; after one that failed nothing more, or the answer would have a hole.
  function queue(write: () => Promise<unknown>): Promise<void> {
    last = last.then(async () => {
      if (broken) return;
      try {
        await write();
      } catch (error) {
        giveUp();
        log.warn({ err: error, requestId: run.requestId }, "could not keep an answer for its repetitions");
      }
    });
    return last;
  }

  function giveUp(): void {
    broken = true;
    stop();
  }

  function stop(): void {
    ended = true;
    waiting = [];
    clearInterval(renewing);
    if (flushing) clearTimeout(flushing);
  }

  const renewing = setInterval(() => void queue(() => renewLease(db, run)), renewEveryMs);

  function flush(end: AnswerEnd | null): Promise<void> {
    flushing = null;
    if (!head) return last;
    seq += 1;
    const piece = { ...head, seq, sealed: sealer.seal(seq, Buffer.concat(waiting)), end };
    waiting = [];
    return queue(async () => {
      if (!(await storePiece(db, run, piece))) giveUp();
    });
  }

  async function release(): Promise<void> {
    if (ended) return;
    stop();
    await queue(() => releaseCall(db, run));
  }

  function write(bytes: Uint8Array | string): void {
    if (ended || bytes.length === 0) return;
    const copy = Buffer.from(bytes);
    waiting.push(copy);
    sizeBytes += copy.length;
    if (sizeBytes > maxAnswerBytes) void release();
    else flushing ??= setTimeout(() => void flush(null), flushEveryMs);
  }

  return {
    begin(httpStatus, headers) {
      if (ended) return;
      const sealed = sealer.seal(0, Buffer.from(JSON.stringify(keptHeaders(headers))));
      head = { httpStatus, sealedHeaders: Buffer.from(sealed).toString("base64") };
    },
    write,
    async end(end, bytes) {
      // An answer that nobody was there to begin.
      if (!head) return release();
      write(bytes);
      if (ended) return last;
      const stored = flush(end);
      stop();
      await stored;
    },
    release,
  };
}
