import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { TokenUsage } from "#lib/wire/token-usage.ts";
import type { BreakerState } from "./circuit-breaker.ts";

export interface GatewayMetrics {
  /** Every answered request; `code` is "ok" or a code of the error table. */
  countRequest(labels: { endpoint: string; code: string }, durationMs: number): void;
  /** A metered call once it is settled. */
  countUsage(model: string, usage: TokenUsage, costNanoUsd: bigint): void;
  observeFirstToken(ms: number): void;
  /** Time of our own: from the last byte of the request to its dispatch, or the settlement before its end. */
  observeOverhead(phase: "admission" | "settlement", ms: number): void;
  /** A try at an upstream; `outcome` is "answered", "aborted" or a code of the error table. */
  countTry(upstream: string, outcome: string): void;
  /** The text of `/metrics`. */
  render(): Promise<{ contentType: string; text: string }>;
}

const durationBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800];
const overheadBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

function createInstruments(registers: Registry[]) {
  const requests = new Counter({
    name: "aig_requests_total",
    help: "Requests answered, by endpoint and code",
    labelNames: ["endpoint", "code"],
    registers,
  });
  const durations = new Histogram({
    name: "aig_request_duration_seconds",
    help: "From the request's arrival to the end of its answer",
    labelNames: ["endpoint"],
    buckets: durationBuckets,
    registers,
  });
  const firstTokens = new Histogram({
    name: "aig_time_to_first_token_seconds",
    help: "From the request's arrival to the first reasoning, text or tool call",
    buckets: durationBuckets,
    registers,
  });
  const overheads = new Histogram({
    name: "aig_overhead_seconds",
    help: "Time of the gateway's own: admission (from the request's last byte to its dispatch) and settlement",
    labelNames: ["phase"],
    buckets: overheadBuckets,
    registers,
  });
  const tokens = new Counter({
    name: "aig_tokens_total",
    help: "Tokens metered; prompt includes cached, completion includes reasoning",
    labelNames: ["model", "kind"],
    registers,
  });
  const cost = new Counter({
    name: "aig_cost_nano_usd_total",
    help: "Cost metered, in nano-USD",
    labelNames: ["model"],
    registers,
  });
  const attempts = new Counter({
    name: "aig_upstream_attempts_total",
    help: "Tries at upstreams, by how they ended",
    labelNames: ["upstream", "outcome"],
    registers,
  });
  return { requests, durations, firstTokens, overheads, tokens, cost, attempts };
}

/** The gateway's metrics in Prometheus' text format; seconds, tokens and nano-USD. */
export function createMetrics(
  activeRequests: () => number,
  upstreamStates: () => readonly { name: string; state: BreakerState }[],
): GatewayMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const { requests, durations, firstTokens, overheads, tokens, cost, attempts } =
    createInstruments(registers);
  new Gauge({
    name: "aig_active_requests",
    help: "Metered calls under way",
    registers,
    collect() {
      this.set(activeRequests());
    },
  });
  new Gauge({
    name: "aig_upstream_state",
    help: "1 for the state each upstream's breaker is in: closed (serves), half_open (being probed) or open (left alone)",
    labelNames: ["upstream", "state"],
    registers,
    collect() {
      this.reset();
      for (const { name, state } of upstreamStates()) this.set({ upstream: name, state }, 1);
    },
  });
  return {
    countRequest({ endpoint, code }, durationMs) {
      requests.inc({ endpoint, code });
      durations.observe({ endpoint }, durationMs / 1000);
    },
    countUsage(model, usage, costNanoUsd) {
      tokens.inc({ model, kind: "prompt" }, usage.promptTokens);
      tokens.inc({ model, kind: "cached" }, usage.cachedTokens);
      tokens.inc({ model, kind: "completion" }, usage.completionTokens);
      tokens.inc({ model, kind: "reasoning" }, usage.reasoningTokens);
      cost.inc({ model }, Number(costNanoUsd));
    },
    observeFirstToken: (ms) => firstTokens.observe(ms / 1000),
    observeOverhead: (phase, ms) => overheads.observe({ phase }, ms / 1000),
    countTry: (upstream, outcome) => attempts.inc({ upstream, outcome }),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
