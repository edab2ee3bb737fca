import fc from "fast-check";
import { expect, test } from "vitest";
import type { MeteredRequest } from "#lib/usage/metered-request.ts";
import type { UpstreamTry } from "#lib/usage/request-trace.ts";
import { timelineSteps } from "./timeline-steps.ts";

const noUsage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0, reasoningTokens: 0 };

function requestOf(change: Partial<MeteredRequest>): MeteredRequest {
  return {
    id: "req_1",
    accountId: "acc_1",
    keyId: null,
    source: "api",
    model: "moonshot/kimi-k2.6",
    endpoint: "chat.completions",
    stream: true,
    tag: "",
    status: "succeeded",
    httpStatus: 200,
    errorCode: null,
    finishReason: "stop",
    upstream: "a",
    attempts: 1,
    usage: noUsage,
    estimated: false,
    prices: { inputNanoUsd: 1, cachedInputNanoUsd: 1, outputNanoUsd: 1 },
    costNanoUsd: 0n,
    timeToFirstTokenMs: null,
    totalMs: 100,
    trace: null,
    createdAt: new Date(0),
    settledAt: new Date(100),
    ...change,
  };
}

const traceOf = (tries: UpstreamTry[]) => ({
  readMs: 2,
  admittedMs: 5,
  tries,
  headers: [],
  retryAfterS: null,
});
const aTry = (startMs: number, durationMs: number, outcome = "answered"): UpstreamTry => ({
  upstream: "a",
  startMs,
  durationMs,
  outcome,
  status: null,
});

test("tries, the pause between them, the wait for the first token and the answer follow each other", () => {
  const trace = traceOf([aTry(5, 10, "upstream_error"), aTry(40, 20)]);
  const steps = timelineSteps(requestOf({ trace, timeToFirstTokenMs: 70 }));
  expect(steps.map(({ kind, startMs, endMs }) => [kind, startMs, endMs])).toEqual([
    ["read", 0, 2],
    ["admit", 2, 5],
    ["try", 5, 15],
    ["pause", 15, 40],
    ["try", 40, 60],
    ["wait", 60, 70],
    ["answer", 70, 100],
  ]);
});

test("a request that no upstream answered ends with its last try", () => {
  const steps = timelineSteps(requestOf({ trace: traceOf([aTry(5, 10, "upstream_timeout")]) }));
  expect(steps.at(-1)).toMatchObject({ kind: "try", outcome: "upstream_timeout" });
});

test("nothing is told of a request that left no trace or still runs", () => {
  expect(timelineSteps(requestOf({}))).toEqual([]);
  expect(timelineSteps(requestOf({ trace: traceOf([]), totalMs: null }))).toEqual([]);
});

test("stretches never overlap nor run backwards, whatever was recorded", () => {
  const anyTries = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { maxLength: 3 });
  fc.assert(
    fc.property(anyTries, fc.option(fc.nat(500)), fc.nat(500), (gaps, timeToFirstTokenMs, restMs) => {
      let at = 5;
      const tries = gaps.map(([gap, took]) => {
        const tried = aTry(at + gap, took);
        at += gap + took;
        return tried;
      });
      const steps = timelineSteps(
        requestOf({ trace: traceOf(tries), timeToFirstTokenMs, totalMs: at + restMs }),
      );
      const edges = steps.flatMap(({ startMs, endMs }) => [startMs, endMs]);
      expect(edges).toEqual(edges.toSorted((a, b) => a - b));
    }),
  );
});
