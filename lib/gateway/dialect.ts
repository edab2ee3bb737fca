import type { ChatChunk, ChatCompletion, ChatRequest } from "#lib/wire/chat-completions.ts";
import type { ApiError } from "#lib/wire/errors.ts";
import type { SseFrame } from "#lib/wire/sse.ts";

/** What a client speaks. The upstream always gets and gives chat completions. */
export interface Dialect {
  /** As it stands in the metered record. */
  endpoint: string;
  /** @throws ApiError `invalid_request` naming the field. */
  parse(body: unknown): ParsedCall;
}

export interface ParsedCall {
  chat: ChatRequest;
  warnings: string[];
  /** The field of the client's own body that holds an image at this address; null where `chat` is that body. */
  imageField(url: string): string | null;
  /** Begins the reply; called once. */
  createReply(context: ReplyContext): Reply;
}

export interface ReplyContext {
  requestId: string;
  /** Milliseconds since 1970. */
  nowMs: number;
  wantsUsage: boolean;
}

/** Writes one answer in the client's dialect. Empty output is written as nothing. */
export interface Reply {
  /** A whole answer. */
  whole(bytes: Uint8Array, completion: ChatCompletion): Uint8Array | string;
  /** What stands before the first event. */
  begin(): string;
  /** One event; `chunk` is null where the event holds none that can be read. */
  event(frame: SseFrame, chunk: ChatChunk | null): Uint8Array | string;
  /** The proper end; `frame` is the upstream's own `[DONE]`. */
  end(frame: SseFrame): Uint8Array | string;
  /** The end of a stream that failed: never to be mistaken for a proper one. */
  fail(error: ApiError): string;
}
