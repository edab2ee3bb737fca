import {
  accumulateChunk,
  type ChatAccumulation,
  contentOf,
  emptyAccumulation,
  reasoningOf,
} from "#lib/wire/chat-accumulator.ts";
import {
  type ChatChunk,
  type ChatCompletion,
  isDone,
  isUpstreamError,
  parseChatChunk,
  parseChatCompletion,
} from "#lib/wire/chat-completions.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { createFrameSplitter, type SseFrame } from "#lib/wire/sse.ts";
import type { Reply } from "./dialect.ts";
import { joinPieces } from "./join-pieces.ts";
import type { ReplyStream } from "./reply-stream.ts";
import { failureOfReport, failureOfThrown } from "./upstream-failure.ts";

export interface Relayed {
  ending:
    | { kind: "done"; frame: SseFrame }
    | { kind: "failed"; error: ApiError }
    /** The call's signal aborted. */
    | { kind: "aborted" };
  produced: ChatAccumulation;
}

interface StreamRelay {
  body: AsyncIterable<Uint8Array>;
  reply: Reply;
  stream: ReplyStream;
  signal: AbortSignal;
  /** Called at the first reasoning, text or tool call. */
  onFirstToken(): void;
  /** Drops the upstream's connection. */
  leave(): void;
}

/**
 * Passes a stream on, event by event, reading a copy, up to its end and not including it: the end is written after the call is
 * settled. A stream without a finish reason or without `[DONE]` has failed, whatever it produced.
 */
export async function relayStream(relay: StreamRelay): Promise<Relayed> {
  const reader = createStreamReader(relay);
  try {
    const ending = await relayEvents(relay, reader);
    return { ending, produced: reader.produced() };
  } catch (thrown) {
    if (relay.signal.aborted) return { ending: { kind: "aborted" }, produced: reader.produced() };
    return { ending: { kind: "failed", error: failureOfThrown(thrown).error }, produced: reader.produced() };
  }
}

async function relayEvents(relay: StreamRelay, reader: StreamReader): Promise<Relayed["ending"]> {
  const splitter = createFrameSplitter();
  const iterator = relay.body[Symbol.asyncIterator]();
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    const ending = await passOn(splitter.push(next.value), relay, reader);
    if (ending?.kind === "done") readToEnd(iterator, relay.leave);
    else if (ending) relay.leave();
    if (ending) return ending;
    if (relay.signal.aborted) return { kind: "aborted" };
  }
  // An event that was cut off is not passed on; one that says how the stream ended still counts.
  const rest = splitter.end();
  const read = rest ? reader.read(rest) : null;
  if (read && read.kind !== "event") return read;
  if (relay.signal.aborted) return { kind: "aborted" };
  const error = new ApiError("upstream_error", "The upstream broke off before its answer was complete.");
  return { kind: "failed", error };
}

const readToEndMs = 1_000;

/** What follows `[DONE]` is read and dropped, so that the connection can serve another call; an upstream that lingers is left. */
function readToEnd(iterator: AsyncIterator<Uint8Array>, leave: () => void): void {
  const patience = setTimeout(leave, readToEndMs);
  const read = async () => {
    for (let next = await iterator.next(); !next.done; ) next = await iterator.next();
  };
  // The answer is complete: a connection that breaks now costs nobody anything.
  read().then(
    () => clearTimeout(patience),
    () => clearTimeout(patience),
  );
}

type Ending = Exclude<Relayed["ending"], { kind: "aborted" }>;

/** Writes the events of one read together; gives the ending where it is among them. */
async function passOn(frames: SseFrame[], relay: StreamRelay, reader: StreamReader): Promise<Ending | null> {
  const output: (Uint8Array | string)[] = [];
  let ending: Ending | null = null;
  for (const frame of frames) {
    const read = reader.read(frame);
    if (read.kind !== "event") {
      ending = read;
      break;
    }
    relay.stream.open();
    const written = relay.reply.event(frame, read.chunk);
    if (written.length > 0) output.push(written);
  }
  const room = relay.stream.write(joinPieces(output));
  if (room) await room;
  return ending;
}

interface StreamReader {
  read(frame: SseFrame): Ending | { kind: "event"; chunk: ChatChunk | null };
  produced(): ChatAccumulation;
}

function createStreamReader({ onFirstToken }: Pick<StreamRelay, "onFirstToken">): StreamReader {
  let produced = emptyAccumulation;
  let sawToken = false;
  return {
    produced: () => produced,
    read(frame) {
      if (frame.data === null) return { kind: "event", chunk: null };
      if (isDone(frame.data)) {
        if (produced.finishReason !== null) return { kind: "done", frame };
        const error = new ApiError(
          "upstream_error",
          "The upstream ended its answer without a finish reason.",
        );
        return { kind: "failed", error };
      }
      const chunk = parseChatChunk(frame.data);
      if (chunk === null) return { kind: "event", chunk };
      if (isUpstreamError(chunk)) return { kind: "failed", error: failureOfReport(chunk) };
      produced = accumulateChunk(produced, chunk);
      if (!sawToken && hasToken(chunk)) {
        sawToken = true;
        onFirstToken();
      }
      return { kind: "event", chunk };
    },
  };
}

function hasToken(chunk: ChatChunk): boolean {
  const delta = chunk.choices[0]?.delta;
  return delta !== undefined && Boolean(contentOf(delta) || reasoningOf(delta) || delta.tool_calls?.length);
}

export type WholeAnswer =
  | { kind: "done"; bytes: Uint8Array; completion: ChatCompletion }
  | { kind: "failed"; error: ApiError }
  | { kind: "aborted" };

const maxAnswerBytes = 64 * 1024 * 1024;

/** Reads an answer that is not streamed. It counts only when it is whole: a completion with at least one choice. */
export async function readWhole(body: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<WholeAnswer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxAnswerBytes) return failed("The upstream's answer is too large.");
    }
  } catch (thrown) {
    return signal.aborted ? { kind: "aborted" } : { kind: "failed", error: failureOfThrown(thrown).error };
  }
  if (signal.aborted) return { kind: "aborted" };
  const bytes = Buffer.concat(chunks);
  const completion = parseWhole(bytes);
  if (completion === null) return failed("The upstream's answer cannot be read.");
  if (isUpstreamError(completion)) return { kind: "failed", error: failureOfReport(completion) };
  if (completion.choices.length === 0) return failed("The upstream's answer is empty.");
  return { kind: "done", bytes, completion };
}

function failed(message: string): WholeAnswer {
  return { kind: "failed", error: new ApiError("upstream_error", message) };
}

function parseWhole(bytes: Buffer): ReturnType<typeof parseChatCompletion> {
  try {
    return parseChatCompletion(JSON.parse(bytes.toString("utf8")));
  } catch {
    return null;
  }
}
