import { expect, test } from "vitest";
import { ApiError, errorBody, errorTable, isRetryable } from "./errors.ts";

test("all four fields of an error body are always present", () => {
  expect(errorBody(new ApiError("invalid_key", "No such key."))).toEqual({
    error: { message: "No such key.", type: "invalid_request_error", param: null, code: "invalid_key" },
  });
  expect(errorBody(new ApiError("invalid_request", "Bad.", { param: "model" })).error.param).toBe("model");
});

test("an error keeps its cause and how long to wait, and has neither unless given", () => {
  const cause = new Error("socket closed");
  expect(new ApiError("rate_limited", "Wait.", { retryAfterS: 12, cause })).toMatchObject({
    retryAfterS: 12,
    cause,
  });
  const bare = new ApiError("internal", "Failed.");
  expect([bare.retryAfterS, bare.cause]).toEqual([undefined, undefined]);
});

test("statuses are those of the contract", () => {
  const statuses = Object.fromEntries(Object.entries(errorTable).map(([code, { status }]) => [code, status]));
  expect(statuses).toMatchObject({
    invalid_request: 400,
    context_length_exceeded: 400,
    invalid_key: 401,
    budget_exceeded: 402,
    key_disabled: 403,
    scope_exceeded: 403,
    model_not_found: 404,
    not_found: 404,
    method_not_allowed: 405,
    payload_too_large: 413,
    rate_limited: 429,
    daily_quota_exceeded: 429,
    internal: 500,
    upstream_error: 502,
    upstream_unavailable: 503,
    upstream_timeout: 504,
  });
});

test("only waiting or another try can help what is retryable", () => {
  expect(isRetryable("rate_limited") && isRetryable("upstream_unavailable")).toBe(true);
  expect(isRetryable("daily_quota_exceeded") || isRetryable("invalid_request")).toBe(false);
});
