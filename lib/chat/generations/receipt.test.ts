import { expect, test } from "vitest";
import { toReceipt } from "./receipt.ts";

const request = (at: number, status: "succeeded" | "aborted" | "reserved" = "succeeded") => ({
  id: `req_${at}`,
  status,
  usage: { promptTokens: 10, cachedTokens: 4, completionTokens: 5, reasoningTokens: 2 },
  costNanoUsd: 9_007_199_254_740_993n,
  estimated: status === "aborted",
  timeToFirstTokenMs: at,
  totalMs: 100,
  createdAt: new Date(at),
});

test("a receipt sums the requests of a reply, exact beyond 2^53, with the first one's time to first token", () => {
  expect(toReceipt([request(20, "aborted"), request(10)])).toEqual({
    usage: { promptTokens: 20, cachedTokens: 8, completionTokens: 10, reasoningTokens: 4 },
    costNanoUsd: "18014398509481986",
    estimated: true,
    timeToFirstTokenMs: 10,
    writingMs: 170,
    contextTokens: 15,
  });
});

test("there is no receipt before every request is settled", () => {
  expect(toReceipt([])).toBeNull();
  expect(toReceipt([request(10), request(20, "reserved")])).toBeNull();
});
