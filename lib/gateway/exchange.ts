import type { IncomingMessage, ServerResponse } from "node:http";
import type { RateState } from "#lib/usage/admission.ts";
import type { TokenCounts } from "#lib/usage/cost.ts";
import type { KeptAnswer } from "#lib/usage/kept-body.ts";
import { type ApiError, errorBody, errorTable, isRetryable } from "#lib/wire/errors.ts";
import type { OutputItem } from "#lib/wire/responses/events.ts";
import type { AnswerRecorder } from "./idempotency/recorder.ts";
import type { Span } from "./tracing.ts";

/** One HTTP request and what becomes known of it, for its log line. */
export interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  /** In `x-request-id`; the metered request's id once admitted. */
  requestId: string;
  /** By `performance.now()`. */
  startedAt: number;
  facts: ExchangeFacts;
  span: Span;
  /** Keeps the answer for repetitions; null without an Idempotency-Key. */
  recorder: AnswerRecorder | null;
  /** Keeps what the call sent, with what it was answered; null where the account does not want that. */
  keepBody: ((answer: KeptAnswer) => void) | null;
  /** Keeps the items of the answer for later requests; null where none may be referred to. */
  keepItems: ((items: readonly OutputItem[]) => Promise<void>) | null;
}

export interface ExchangeFacts {
  endpoint: string;
  /** "ok" or a code of the error table. */
  code: string;
  accountId?: string;
  model?: string;
  upstream?: string;
  attempts?: number;
  usage?: TokenCounts;
  costNanoUsd?: string;
  timeToFirstTokenMs?: number;
  /** The request whose answer was given again. */
  replayOf?: string;
}

const exposedHeaders = [
  "x-request-id",
  "x-ratelimit-limit-requests",
  "x-ratelimit-remaining-requests",
  "x-ratelimit-reset-requests",
  "x-aig-provider",
  "x-aig-attempts",
  "x-aig-warning",
  "x-aig-replayed",
  "retry-after",
].join(", ");

/** Browsers may call: keys are bearer tokens and nothing here reads a cookie. */
export function setCommonHeaders({ res, requestId }: Exchange): void {
  res.setHeader("x-request-id", requestId);
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("access-control-allow-origin", "*");
  res.setHeader("access-control-expose-headers", exposedHeaders);
}

/** Answers a browser's question before it calls. */
export function sendPreflight({ req, res }: Exchange): void {
  const asked = req.headers["access-control-request-headers"];
  res.writeHead(204, {
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-allow-headers": asked ?? "authorization, content-type",
    "access-control-max-age": "86400",
  });
  res.end();
}

/** What is left of the minute, in OpenAI's headers; the reset is a duration such as `12s`, as OpenAI sends it. */
export function setRateHeaders({ res }: Exchange, rate: RateState): void {
  res.setHeader("x-ratelimit-limit-requests", String(rate.limit));
  res.setHeader("x-ratelimit-remaining-requests", String(rate.remaining));
  res.setHeader("x-ratelimit-reset-requests", `${Math.ceil(rate.resetMs / 1000)}s`);
}

const maxWarningLength = 1500;

/** The adjustments made to a request, in one header. Texts from the client are made safe for it. */
export function warningHeader(warnings: readonly string[]): Record<string, string> {
  if (warnings.length === 0) return {};
  const text = warnings.join("; ").replace(/[^\x20-\x7e]/g, "?");
  return { "x-aig-warning": text.slice(0, maxWarningLength) };
}

export function sendJson({ res }: Exchange, body: unknown): void {
  res.writeHead(200, { "content-type": "application/json; charset=utf-8" });
  res.end(JSON.stringify(body));
}

/** The headers of an error response. */
export function errorHeaders(error: ApiError): Record<string, string> {
  return {
    "content-type": "application/json; charset=utf-8",
    ...(error.retryAfterS !== undefined && { "retry-after": String(error.retryAfterS) }),
    // OpenAI's clients repeat 429 and 5xx unless told not to.
    ...(!isRetryable(error.code) && { "x-should-retry": "false" }),
    ...(errorTable[error.code].status === 401 && { "www-authenticate": "Bearer" }),
  };
}

const unreadBodyPatienceMs = 2_000;

/** The error response; nothing when one has begun already. */
export function sendError({ req, res }: Exchange, error: ApiError): void {
  if (res.headersSent || res.destroyed) {
    res.destroy();
    return;
  }
  res.writeHead(errorTable[error.code].status, errorHeaders(error));
  res.end(JSON.stringify(errorBody(error)));
  if (error.code !== "payload_too_large" || req.complete) return;
  // A client that is still sending reads the answer only if the connection stays for a moment; Node drops what arrives.
  setTimeout(() => {
    if (!req.complete) req.destroy();
  }, unreadBodyPatienceMs).unref();
}
