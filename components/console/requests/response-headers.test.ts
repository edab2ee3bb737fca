import { expect, test } from "vitest";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import { responseHeaders } from "./response-headers.ts";

const request: MeteredRequest = {
  id: "req_1",
  accountId: "acc_1",
  keyId: "key_1",
  source: "api",
  model: "moonshot/kimi-k2.6",
  endpoint: "chat.completions",
  stream: false,
  tag: "",
  status: "succeeded",
  httpStatus: 200,
  errorCode: null,
  finishReason: "stop",
  upstream: "moonshot",
  attempts: 2,
  usage: { promptTokens: 0, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0 },
  estimated: false,
  prices: { inputNanoUsd: 1, cachedInputNanoUsd: 1, outputNanoUsd: 1 },
  costNanoUsd: 0n,
  timeToFirstTokenMs: null,
  totalMs: 100,
  trace: { readMs: 1, admittedMs: 2, tries: [], headers: ["60", "59", "1s", null], retryAfterS: null },
  createdAt: new Date(0),
  settledAt: new Date(100),
};

test("an answer had its id, its upstream and what was left of the minute", () => {
  expect(responseHeaders(request)).toEqual([
    ["x-request-id", "req_1"],
    ["x-aig-provider", "moonshot"],
    ["x-aig-attempts", "2"],
    ["x-ratelimit-limit-requests", "60"],
    ["x-ratelimit-remaining-requests", "59"],
    ["x-ratelimit-reset-requests", "1s"],
  ]);
});

test("a failure had the pause it asked for, but not inside a stream that had begun", () => {
  const failed = { ...request, status: "failed", errorCode: "upstream_error" } as const;
  const trace = { readMs: 1, admittedMs: 2, tries: [], headers: [], retryAfterS: 30 };
  expect(responseHeaders({ ...failed, httpStatus: 502, trace })).toContainEqual(["retry-after", "30"]);
  expect(Object.fromEntries(responseHeaders({ ...failed, httpStatus: 200, trace }))).not.toHaveProperty(
    "retry-after",
  );
});

test("a client that left got none, and of a dead process none are known", () => {
  expect(responseHeaders({ ...request, status: "aborted" })).toEqual([]);
  expect(responseHeaders({ ...request, status: "interrupted", trace: null })).toEqual([]);
});
