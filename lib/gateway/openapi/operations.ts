import type { ErrorCode } from "#lib/wire/errors.ts";
import type { answerSchemas } from "./answers.ts";

/** What a route does, for its description. */
export interface Operation {
  /** OpenAPI's `operationId`. */
  id: string;
  summary: string;
  /** The name of its body's schema, where it takes one; such a route calls a model and can stream. */
  takes?: "ChatCompletionRequest" | "ResponseRequest";
  /** Null for what is not JSON. */
  gives: keyof typeof answerSchemas | null;
  /** Whether it needs no key. */
  open?: true;
  errors: readonly ErrorCode[];
}

const callErrors = [
  "invalid_request",
  "context_length_exceeded",
  "invalid_key",
  "key_disabled",
  "budget_exceeded",
  "scope_exceeded",
  "model_not_found",
  "idempotency_key_reused",
  "payload_too_large",
  "rate_limited",
  "daily_quota_exceeded",
  "internal",
  "upstream_error",
  "upstream_unavailable",
  "upstream_timeout",
] as const satisfies readonly ErrorCode[];

/** Every route, by method and path. */
export const operations: Readonly<Record<string, Operation>> = {
  "POST /v1/chat/completions": {
    id: "createChatCompletion",
    summary: "Answer a conversation, at once or as a stream",
    takes: "ChatCompletionRequest",
    gives: "ChatCompletion",
    errors: callErrors,
  },
  "POST /v1/responses": {
    id: "createResponse",
    summary: "Answer in OpenAI's Responses form, at once or as a stream",
    takes: "ResponseRequest",
    gives: "Response",
    errors: callErrors,
  },
  "GET /v1/models": {
    id: "listModels",
    summary: "The models there are, with limits, capabilities and prices",
    gives: "ModelList",
    errors: ["invalid_key", "key_disabled", "internal"],
  },
  "GET /v1/models/{model}": {
    id: "getModel",
    summary: "One model; its id may hold slashes",
    gives: "Model",
    errors: ["invalid_key", "key_disabled", "model_not_found", "internal"],
  },
  "GET /v1/requests/{id}": {
    id: "getRequest",
    summary: "The metered record of a request of the account, by the x-request-id of its response",
    gives: "Request",
    errors: ["invalid_key", "key_disabled", "not_found", "internal"],
  },
  "GET /v1/usage": {
    id: "getUsage",
    summary: "The account's requests, tokens and cost, in whole hours, days or months of UTC",
    gives: "UsagePage",
    errors: ["invalid_request", "invalid_key", "key_disabled", "internal"],
  },
  "GET /v1/key": {
    id: "getKey",
    summary: "What the calling key may do and has left",
    gives: "Key",
    errors: ["invalid_key", "key_disabled", "scope_exceeded", "internal"],
  },
  "POST /v1/keys/{id}/rotate": {
    id: "rotateKey",
    summary:
      "A new secret for a key; the old one works until the new one is first used for a call. A key with limits may rotate itself only",
    gives: "RotatedKey",
    errors: ["invalid_request", "invalid_key", "key_disabled", "scope_exceeded", "not_found", "internal"],
  },
  "GET /healthz": {
    id: "getHealth",
    summary: "Whether the process lives",
    gives: "Health",
    open: true,
    errors: [],
  },
  "GET /readyz": {
    id: "getReadiness",
    summary: "Whether it can serve; 503 with the same body when it cannot",
    gives: "Readiness",
    open: true,
    errors: [],
  },
  "GET /metrics": {
    id: "getMetrics",
    summary: "Figures in Prometheus' text format",
    gives: null,
    open: true,
    errors: ["internal"],
  },
  "GET /openapi.json": {
    id: "getDescription",
    summary: "This description",
    gives: null,
    open: true,
    errors: [],
  },
};
