import { expect, test } from "vitest";
import { createUpstreamHealth } from "./upstream-health.ts";
import { createUpstreamPool } from "./upstream-pool.ts";

test("what an upstream's tries showed is told: how many failed and how last, and how long answers took", () => {
  const clock = { ms: 0 };
  const now = () => clock.ms;
  const upstream = { name: "one", send: () => Promise.reject(new Error("not called")) };
  const pool = createUpstreamPool([upstream, { ...upstream, name: "two" }], {
    breaker: { failuresToOpen: 1, coolDownMs: 1000 },
    failoverMs: 1000,
    now,
  });
  const health = createUpstreamHealth(now, () => Date.parse("2026-01-01T00:00:00Z"));
  for (let tries = 1; tries <= 100; tries += 1) {
    const end = health.beginTry("one");
    clock.ms += tries;
    end("answered", 200);
  }
  health.beginTry("one")("upstream_error", 500);
  health.beginTry("one")("aborted", null);
  pool.members[0]?.breaker.enter()?.failed();
  expect(health.list(pool)).toEqual([
    {
      name: "one",
      modelName: null,
      state: "open",
      tries: 102,
      failures: 1,
      lastFailure: { code: "upstream_error", status: 500, at: "2026-01-01T00:00:00.000Z" },
      answerMs: { p50: 51, p95: 96 },
    },
    {
      name: "two",
      modelName: null,
      state: "closed",
      tries: 0,
      failures: 0,
      lastFailure: null,
      answerMs: null,
    },
  ]);
});
