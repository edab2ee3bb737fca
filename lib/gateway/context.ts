import type { Logger } from "pino";
import type { Db } from "#lib/db/client.ts";
import type { Config } from "#lib/ops/config.ts";
import type { DispatchPorts } from "./dispatch.ts";
import type { RunningCall } from "./metered-call.ts";
import type { GatewayMetrics } from "./metrics.ts";
import type { Settler } from "./settler.ts";
import type { Upstream } from "./upstreams/upstream.ts";

export type GatewayConfig = Pick<Config, "authSecret" | "limits" | "processId" | "upstream">;

/** What the parts of a gateway share. */
export interface GatewayContext {
  db: Db;
  config: GatewayConfig;
  log: Logger;
  /** In the order they are tried; never empty. */
  upstreams: readonly Upstream[];
  metrics: GatewayMetrics;
  settler: Settler;
  ports: DispatchPorts;
  /** The wall clock, in milliseconds since 1970. */
  now(): number;
  keepAliveMs: number;
  /** Metered calls under way. */
  running: Set<RunningCall>;
}
