import fc from "fast-check";
import { expect, test } from "vitest";
import { formatTrace, parseTrace } from "./request-trace.ts";

const ms = fc.nat(10_000_000);
const aTry = fc.record({
  upstream: fc.string(),
  startMs: ms,
  durationMs: ms,
  outcome: fc.string(),
  status: fc.option(fc.integer({ min: 100, max: 599 })),
});
const aTrace = fc.record({
  readMs: ms,
  admittedMs: ms,
  tries: fc.array(aTry, { maxLength: 3 }),
  headers: fc.array(fc.option(fc.string()), { maxLength: 4 }),
  retryAfterS: fc.option(fc.nat(86_400)),
});

test("a trace is read as it was stored", () => {
  fc.assert(
    fc.property(aTrace, (trace) => {
      expect(parseTrace(formatTrace(trace))).toEqual(trace);
    }),
  );
});

test("the trace of a call that went well takes a hundred characters at most", () => {
  const tries = [{ upstream: "moonshot", startMs: 12, durationMs: 845, outcome: "answered", status: 200 }];
  const trace = { readMs: 2, admittedMs: 11, tries, headers: ["600", "599", "1s", null], retryAfterS: null };
  expect(formatTrace(trace).length).toBeLessThanOrEqual(100);
});
