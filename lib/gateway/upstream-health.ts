import type { UpstreamStatus } from "#lib/ops/process-status.ts";
import type { UpstreamPool } from "./upstream-pool.ts";

/** Answers that quantiles are taken of. */
const rememberedAnswers = 200;

interface Record {
  tries: number;
  failures: number;
  lastFailure: UpstreamStatus["lastFailure"];
  answersMs: number[];
}

export interface UpstreamHealth {
  /** Notes a try; the function it gives is told how the try ended. */
  beginTry(upstream: string): (outcome: string, status: number | null) => void;
  /** Each upstream of the pool as this process knows it. */
  list(pool: UpstreamPool): UpstreamStatus[];
}

/** Keeps what tries at upstreams showed, for admins. `nowMs` never goes back, `wallMs` is the time of day. */
export function createUpstreamHealth(nowMs: () => number, wallMs: () => number): UpstreamHealth {
  const records = new Map<string, Record>();

  function recordOf(name: string): Record {
    const found = records.get(name) ?? { tries: 0, failures: 0, lastFailure: null, answersMs: [] };
    records.set(name, found);
    return found;
  }

  return {
    beginTry(upstream) {
      const startedMs = nowMs();
      return (outcome, status) => {
        const record = recordOf(upstream);
        record.tries += 1;
        if (outcome === "answered") {
          record.answersMs.push(Math.round(nowMs() - startedMs));
          if (record.answersMs.length > rememberedAnswers) record.answersMs.shift();
        } else if (outcome !== "aborted") {
          record.failures += 1;
          record.lastFailure = { code: outcome, status, at: new Date(wallMs()).toISOString() };
        }
      };
    },
    list(pool) {
      return pool.members.map(({ upstream: { name, modelName = null }, breaker }) => {
        const { tries, failures, lastFailure, answersMs } = recordOf(name);
        const answerMs = quantilesOf(answersMs);
        return { name, modelName, state: breaker.state(), tries, failures, lastFailure, answerMs };
      });
    },
  };
}

function quantilesOf(values: readonly number[]): UpstreamStatus["answerMs"] {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}
