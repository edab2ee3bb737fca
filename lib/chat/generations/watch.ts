import type { Db } from "#lib/db/client.ts";
import { type GenerationStatus, getGeneration, type LoggedChunk, readLog } from "../store/generations.ts";
import { nextWrite } from "./registry.ts";

const pollMs = 250;
const pageSize = 500;

/** What a watcher is given: the events in order, then the end. */
export type WatchEvent =
  | ({ kind: "chunk" } & LoggedChunk)
  | { kind: "end"; status: GenerationStatus; messageId: string };

/**
 * The log of a generation after a position: what is there, then what comes, whichever process writes it. Null when the
 * account has no such generation. Ends early, without an end event, when the chat is purged or `signal` aborts.
 */
export async function watchGeneration(
  db: Db,
  accountId: string,
  generationId: string,
  after: number,
  signal: AbortSignal,
): Promise<AsyncGenerator<WatchEvent, void> | null> {
  const generation = await getGeneration(db, accountId, generationId);
  return generation && follow(db, accountId, generationId, after, signal);
}

async function* follow(
  db: Db,
  accountId: string,
  generationId: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent, void> {
  let seen = after;
  let wakeUp = nextWrite(generationId, pollMs, signal);
  while (!signal.aborted) {
    const log = await readLog(db, accountId, generationId, seen, pageSize);
    if (!log) return;
    const { state, events } = log;
    for (const event of events) {
      seen = event.seq;
      yield { kind: "chunk", ...event };
    }
    if (state.status !== "running" && (events.length === 0 || seen >= state.lastSeq)) {
      yield { kind: "end", status: state.status, messageId: state.messageId };
      return;
    }
    // What this process writes needs no reading, as long as it joins on to what was seen.
    for (let entries = await wakeUp; ; entries = await wakeUp) {
      wakeUp = nextWrite(generationId, pollMs, signal);
      if (entries[0]?.seq !== seen + 1) break;
      for (const entry of entries) {
        seen = entry.seq;
        yield { kind: "chunk", ...entry };
      }
    }
  }
}
