import type { Logger } from "pino";
import type { Db } from "#lib/db/client.ts";
import type { Config } from "#lib/ops/config.ts";
import type { PriceBook } from "#lib/usage/price-book.ts";
import type { BodyKeeper } from "./body-keeper.ts";
import type { DispatchPorts } from "./dispatch.ts";
import type { AnswerReader } from "./idempotency/answer-reader.ts";
import type { KnownKeys } from "./known-keys.ts";
import type { RunningCall } from "./metered-call.ts";
import type { Metering } from "./metering.ts";
import type { GatewayMetrics } from "./metrics.ts";
import type { Settler } from "./settler.ts";
import type { Tracing } from "./tracing.ts";
import type { UpstreamHealth } from "./upstream-health.ts";
import type { UpstreamPool } from "./upstream-pool.ts";

export type GatewayConfig = Pick<
  Config,
  "authSecret" | "keepItemsMs" | "limits" | "otlpEndpoint" | "processId" | "upstreams"
>;

/** What the parts of a gateway share. */
export interface GatewayContext {
  db: Db;
  config: GatewayConfig;
  log: Logger;
  pool: UpstreamPool;
  upstreamHealth: UpstreamHealth;
  metrics: GatewayMetrics;
  tracing: Tracing;
  knownKeys: KnownKeys;
  metering: Metering;
  settler: Settler;
  prices: PriceBook;
  /** Reads what is kept of calls with an Idempotency-Key. */
  answers: AnswerReader;
  /** Keeps bodies for the accounts that want that. */
  bodies: BodyKeeper;
  ports: Omit<DispatchPorts, "observeTry">;
  /** The wall clock, in milliseconds since 1970. */
  now(): number;
  keepAliveMs: number;
  /** Metered calls under way. */
  running: Set<RunningCall>;
}
