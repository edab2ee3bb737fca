import type { ChatChunk, ChatCompletion, ChatRequest } from "#lib/wire/chat-completions.ts";
import type { ApiError } from "#lib/wire/errors.ts";
import type { OutputItem } from "#lib/wire/responses/events.ts";
import type { SseFrame } from "#lib/wire/sse.ts";
import type { FindItems } from "./kept-items/references.ts";

/** What a client speaks. The upstream always gets and gives chat completions. */
export interface Dialect {
  /** As it stands in the metered record. */
  endpoint: string;
  /**
   * Puts what a body only refers to into it; null where there are no references.
   * @throws ApiError `invalid_request` naming the reference.
   */
  fillIn: ((body: unknown, find: FindItems) => Promise<unknown>) | null;
  /** @throws ApiError `invalid_request` naming the field. */
  parse(body: unknown): ParsedCall;
}

export interface ParsedCall {
  chat: ChatRequest;
  warnings: string[];
  /** Whether later requests may refer to the items of the answer. */
  keepsItems: boolean;
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
  /** What the client has been given that a later request may refer to; whole after `whole`, `end` or `fail`. */
  items(): readonly OutputItem[];
}
