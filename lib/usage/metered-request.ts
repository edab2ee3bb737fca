import type { ModelPrices } from "#lib/models/model.ts";
import type { TokenCounts } from "./cost.ts";
import { toJsonInteger } from "./json-integer.ts";
import type { RequestTrace } from "./request-trace.ts";
import type { SettledStatus } from "./settlement.ts";

export type RequestSource = "api" | "chat";

/** One metered call. Tokens and cost are final once `status` is not `reserved`. */
export interface MeteredRequest {
  id: string;
  accountId: string;
  keyId: string | null;
  source: RequestSource;
  model: string;
  endpoint: string;
  stream: boolean;
  /** What the caller books its cost under; empty for nothing. */
  tag: string;
  status: "reserved" | SettledStatus;
  httpStatus: number | null;
  errorCode: string | null;
  finishReason: string | null;
  upstream: string | null;
  attempts: number;
  usage: TokenCounts;
  /** True when the tokens were counted here because the upstream did not report them. */
  estimated: boolean;
  /** The prices in force when it was admitted. */
  prices: ModelPrices;
  costNanoUsd: bigint;
  timeToFirstTokenMs: number | null;
  totalMs: number | null;
  trace: RequestTrace | null;
  createdAt: Date;
  settledAt: Date | null;
}

/** The body of `GET /v1/requests/{id}`. Times are ISO 8601 in UTC; `cost_nano_usd` is a string beyond 2^53 − 1. */
export function toRequestRecord(request: MeteredRequest) {
  const { usage, prices } = request;
  return {
    id: request.id,
    object: "request",
    created_at: request.createdAt.toISOString(),
    settled_at: request.settledAt?.toISOString() ?? null,
    status: request.status,
    source: request.source,
    key_id: request.keyId,
    model: request.model,
    endpoint: request.endpoint,
    stream: request.stream,
    tag: request.tag,
    upstream: request.upstream,
    attempts: request.attempts,
    http_status: request.httpStatus,
    error_code: request.errorCode,
    finish_reason: request.finishReason,
    usage: {
      prompt_tokens: usage.promptTokens,
      cached_tokens: usage.cachedTokens,
      completion_tokens: usage.completionTokens,
      reasoning_tokens: usage.reasoningTokens,
      total_tokens: usage.promptTokens + usage.completionTokens,
      estimated: request.estimated,
    },
    prices_nano_usd: {
      input: prices.inputNanoUsd,
      cached_input: prices.cachedInputNanoUsd,
      output: prices.outputNanoUsd,
    },
    cost_nano_usd: toJsonInteger(request.costNanoUsd),
    time_to_first_token_ms: request.timeToFirstTokenMs,
    total_ms: request.totalMs,
  };
}
