import { createParser, type EventSourceMessage } from "eventsource-parser";
import { type ChatChunk, parseChunk } from "#lib/chat/message.ts";
import { ChatProblem, problemOf } from "./chat-api.ts";

/** Keep-alive comments come every 15 s; a connection silent for longer than two of them is dead. */
const SILENT_MS = 40_000;
const BACKOFF_MS = [300, 1_000, 2_000, 4_000, 8_000];

export interface FollowOptions {
  generationId: string;
  /** The log position already known; events after it are given. */
  after: number;
  signal: AbortSignal;
  onConnection(state: "live" | "lost"): void;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Pauses before the next attempt; may end early when the network comes back. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface LogEntry {
  seq: number;
  chunk: ChatChunk;
}

/**
 * The log of a generation from a position on, each entry once and in order, to its end. Reconnects by itself after the
 * last entry seen. Throws a `ChatProblem` when the server refuses (401, 404) or the log has a gap.
 */
export async function* followGeneration(options: FollowOptions): AsyncGenerator<LogEntry, void> {
  let seen = options.after;
  let failures = 0;
  while (!options.signal.aborted) {
    try {
      for await (const event of connect(options, seen)) {
        failures = 0;
        if (event.event === "end") return;
        const entry = parseEntry(event);
        if (entry.seq <= seen) continue;
        if (entry.seq !== seen + 1) throw refused("gap", `Log entry ${seen + 1} is missing.`);
        seen = entry.seq;
        yield entry;
      }
    } catch (error) {
      if (error instanceof ChatProblem && isFinal(error)) throw error;
    }
    if (options.signal.aborted) return;
    options.onConnection("lost");
    await options.pause(BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)] ?? 0, options.signal);
    failures += 1;
  }
}

function refused(code: string, message: string): ChatProblem {
  return new ChatProblem(code, message, { status: 0 });
}

function isFinal(problem: ChatProblem): boolean {
  const { status } = problem.details;
  return problem.code === "gap" || (status >= 400 && status < 500 && status !== 408 && status !== 429);
}

function parseEntry(event: EventSourceMessage): LogEntry {
  const seq = Number(event.id);
  try {
    if (Number.isSafeInteger(seq)) return { seq, chunk: parseChunk(JSON.parse(event.data)) };
  } catch {
    // Told in the same words as a position that is none.
  }
  throw refused("gap", "A log entry cannot be read.");
}

async function* connect(options: FollowOptions, after: number): AsyncGenerator<EventSourceMessage, void> {
  const idle = new AbortController();
  let timer = setTimeout(() => idle.abort(), SILENT_MS);
  try {
    const response = await options.fetch(
      `/api/generations/${encodeURIComponent(options.generationId)}/events?after=${after}`,
      {
        headers: { accept: "text/event-stream" },
        cache: "no-store",
        signal: AbortSignal.any([options.signal, idle.signal]),
      },
    );
    if (!response.ok) throw await problemOf(response);
    if (!response.body) return;
    options.onConnection("live");
    let events: EventSourceMessage[] = [];
    const parser = createParser({ onEvent: (event) => events.push(event) });
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(), SILENT_MS);
      parser.feed(decoder.decode(value, { stream: true }));
      const ready = events;
      events = [];
      yield* ready;
    }
  } finally {
    clearTimeout(timer);
    idle.abort();
  }
}
