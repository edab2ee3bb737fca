import { describe, expect, test } from "vitest";
import { type MeteredRequest, toRequestRecord } from "./metered-request.ts";

const request: MeteredRequest = {
  id: "req_1",
  accountId: "acc_1",
  keyId: "key_1",
  source: "api",
  model: "moonshot/kimi-k2.6",
  endpoint: "/v1/chat/completions",
  stream: true,
  tag: "",
  status: "succeeded",
  httpStatus: 200,
  errorCode: null,
  finishReason: "stop",
  upstream: "offline",
  attempts: 1,
  trace: null,
  usage: { promptTokens: 500, cachedTokens: 400, completionTokens: 300, reasoningTokens: 100 },
  estimated: false,
  prices: { inputNanoUsd: 950, cachedInputNanoUsd: 95, outputNanoUsd: 4000 },
  costNanoUsd: 1_333_000n,
  timeToFirstTokenMs: 120,
  totalMs: 2000,
  createdAt: new Date("2026-05-05T10:00:00Z"),
  settledAt: null,
};

describe("a request's record", () => {
  test("is JSON in snake case, with whole numbers and times in UTC", () => {
    const record = JSON.parse(JSON.stringify(toRequestRecord(request)));
    expect(record).toMatchObject({
      id: "req_1",
      object: "request",
      created_at: "2026-05-05T10:00:00.000Z",
      settled_at: null,
      usage: {
        prompt_tokens: 500,
        cached_tokens: 400,
        completion_tokens: 300,
        reasoning_tokens: 100,
        total_tokens: 800,
      },
      prices_nano_usd: { input: 950, cached_input: 95, output: 4000 },
      cost_nano_usd: 1_333_000,
    });
    expect(record).not.toHaveProperty("account_id");
    for (const name of Object.keys(record)) expect(name).toMatch(/^[a-z_]+$/);
  });

  test("gives a cost that a number cannot hold as its digits", () => {
    const limit = BigInt(Number.MAX_SAFE_INTEGER);
    expect(toRequestRecord({ ...request, costNanoUsd: limit }).cost_nano_usd).toBe(Number.MAX_SAFE_INTEGER);
    expect(toRequestRecord({ ...request, costNanoUsd: limit + 1n }).cost_nano_usd).toBe("9007199254740992");
  });
});
