import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { Db } from "#lib/db/client.ts";
import { describeProcess } from "#lib/ops/describe-process.ts";
import { newId } from "#lib/ops/ids.ts";
import type { ProcessStatus } from "#lib/ops/process-status.ts";
import { createPriceBook } from "#lib/usage/price-book.ts";
import { listPrices } from "#lib/usage/store/prices.ts";
import { deleteExpiredBodies } from "#lib/usage/store/request-bodies.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { createBodyKeeper } from "./body-keeper.ts";
import { beginCallSpan, endCallSpan } from "./call-span.ts";
import type { GatewayConfig, GatewayContext } from "./context.ts";
import { delay } from "./delay.ts";
import { type Exchange, sendError, sendPreflight, setCommonHeaders } from "./exchange.ts";
import { createAnswerReader } from "./idempotency/answer-reader.ts";
import { deleteExpired } from "./idempotency/store.ts";
import { deleteExpiredItems } from "./kept-items/store.ts";
import { createKnownKeys } from "./known-keys.ts";
import { startLiveness } from "./liveness.ts";
import type { RunningCall } from "./metered-call.ts";
import { createMetering, type Metering } from "./metering.ts";
import { createMetrics } from "./metrics.ts";
import { ClientGone } from "./read-body.ts";
import { defaultKeepAliveMs } from "./reply-stream.ts";
import { findRoute } from "./routes.ts";
import { createSettler } from "./settler.ts";
import { findKeyHashes } from "./store.ts";
import { noSpan, noTracing, type Tracing } from "./tracing.ts";
import { createUpstreamHealth } from "./upstream-health.ts";
import { createUpstreamPool, listStates } from "./upstream-pool.ts";
import { selectUpstreams } from "./upstreams/select.ts";
import type { Upstream } from "./upstreams/upstream.ts";

export interface GatewayOptions {
  db: Db;
  config: GatewayConfig;
  log: Logger;
  /** The embedded database serves one process, so every other one that left requests is dead. */
  soleProcess?: boolean;
  /** What this process serves, as admins are told; "gateway" if left out. */
  role?: ProcessStatus["role"];
  /** Instead of the database's. */
  metering?: Metering;
  /** Instead of those the configuration gives. */
  upstreams?: readonly Upstream[];
  /** Milliseconds since 1970. */
  now?: () => number;
  keepAliveMs?: number;
}

/** The gateway as a listener of a Node HTTP server. */
export interface Gateway {
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Metered calls under way. */
  activeRequests(): number;
  /** The name of the upstream tried first; "offline" for the stand-in. */
  providerName(): string;
  /** Says from now on that it is not ready, so that balancers send calls elsewhere; still serves those that come. */
  retire(): void;
  /** Refuses new calls from now on and resolves when those under way have ended. */
  drain(): Promise<void>;
  /** Stops what is still under way, settles it as interrupted, and gives up upstreams and heartbeat. */
  close(): Promise<void>;
}

/** Starts a gateway: upstreams chosen, this process known as alive, requests of dead processes settled. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { db, config, log } = options;
  const selected = options.upstreams
    ? { upstreams: options.upstreams, reason: "they were given", close: () => Promise.resolve() }
    : await selectUpstreams(config.upstreams);
  const provider = selected.upstreams[0]?.name ?? "none";
  log.info({ provider, reason: selected.reason }, "upstream selected");

  const pool = createUpstreamPool(selected.upstreams, {
    breaker: config.upstreams.breaker,
    failoverMs: config.upstreams.failoverMs,
    now: () => performance.now(),
  });
  const upstreamHealth = createUpstreamHealth(() => performance.now(), Date.now);
  const tracing = await startTracing(config, log);
  const running = new Set<RunningCall>();
  const metering = options.metering ?? createMetering(db);
  const settler = createSettler(metering.settle, (requestId, error) =>
    log.error({ err: error, requestId }, "could not settle; will be tried again"),
  );
  const context: GatewayContext = {
    db,
    config,
    log,
    pool,
    upstreamHealth,
    metrics: createMetrics(
      () => running.size,
      () => listStates(pool),
    ),
    tracing,
    knownKeys: createKnownKeys((hashes) => findKeyHashes(db, hashes)),
    metering,
    settler,
    prices: createPriceBook(
      () => listPrices(db),
      () => performance.now(),
    ),
    answers: createAnswerReader(db, config.authSecret),
    bodies: createBodyKeeper({ db, log, secret: config.authSecret }),
    ports: { delay, random: Math.random },
    now: options.now ?? Date.now,
    keepAliveMs: options.keepAliveMs ?? defaultKeepAliveMs,
    running,
  };
  const liveness = await startLiveness({
    db,
    log,
    processId: config.processId,
    soleProcess: options.soleProcess ?? false,
    status: () => ({
      ...describeProcess(),
      role: options.role ?? "gateway",
      activeRequests: running.size,
      upstreams: upstreamHealth.list(pool),
    }),
    async onBeat() {
      await settler.retry();
      await deleteExpired(db);
      await deleteExpiredItems(db, new Date(context.now()));
      await deleteExpiredBodies(db, new Date(context.now()));
    },
  });
  const stop = createStop(running);

  return {
    handle: (req, res) => void handleExchange(context, newExchange(req, res), stop.phase()),
    activeRequests: () => running.size,
    providerName: () => provider,
    retire: stop.retire,
    drain: stop.drain,
    async close() {
      const stopped = stop.drain();
      for (const call of running) call.interrupt();
      await stopped;
      await context.bodies.idle();
      await liveness.end();
      await selected.close();
      await tracing.close();
    },
  };
}

/** OpenTelemetry is loaded only where it is used: it is large. */
async function startTracing({ otlpEndpoint, processId }: GatewayConfig, log: Logger): Promise<Tracing> {
  if (otlpEndpoint === null) return noTracing;
  const { startOtelTracing } = await import("./otel-tracing.ts");
  return startOtelTracing({
    endpoint: otlpEndpoint,
    processId,
    onFailure: (error) => log.warn({ err: error }, "the last traces could not be sent"),
  });
}

const pollMs = 20;

type Phase = "serving" | "retiring" | "draining";

function createStop(running: ReadonlySet<RunningCall>) {
  let phase: Phase = "serving";
  return {
    phase: () => phase,
    retire() {
      if (phase === "serving") phase = "retiring";
    },
    async drain(): Promise<void> {
      phase = "draining";
      while (running.size > 0) await pause(pollMs);
    },
  };
}

function newExchange(req: IncomingMessage, res: ServerResponse): Exchange {
  const facts = { endpoint: "none", code: "ok" };
  return {
    req,
    res,
    requestId: newId("req"),
    startedAt: performance.now(),
    facts,
    span: noSpan,
    recorder: null,
    keepBody: null,
    keepItems: null,
  };
}

async function handleExchange(context: GatewayContext, exchange: Exchange, phase: Phase): Promise<void> {
  const { req, res, facts } = exchange;
  req.socket.setNoDelay(true);
  setCommonHeaders(exchange);
  if (phase !== "serving") res.setHeader("connection", "close");
  try {
    if (req.method === "OPTIONS") {
      sendPreflight(exchange);
      return;
    }
    const route = findRoute(req.method ?? "GET", req.url ?? "/");
    facts.endpoint = route.name;
    if (route.isCall) exchange.span = beginCallSpan(context.tracing, exchange);
    if (phase === "draining" && route.isCall) {
      throw new ApiError("upstream_unavailable", "The server is stopping. Send the request again.", {
        retryAfterS: 1,
      });
    }
    await route.serve(context, exchange, phase !== "serving");
  } catch (error) {
    answerFailure(context, exchange, error);
  } finally {
    logExchange(context, exchange);
    endCallSpan(exchange);
  }
}

function answerFailure({ log }: GatewayContext, exchange: Exchange, thrown: unknown): void {
  if (thrown instanceof ClientGone) {
    exchange.facts.code = "client_closed_request";
    exchange.res.destroy();
    return;
  }
  const known = thrown instanceof ApiError ? thrown : null;
  if (!known) log.error({ err: thrown, requestId: exchange.requestId }, "request failed unexpectedly");
  const error = known ?? new ApiError("internal", "The gateway failed. Send the request again.");
  if (exchange.facts.code === "ok") exchange.facts.code = error.code;
  sendError(exchange, error);
}

function logExchange({ log, metrics }: GatewayContext, { requestId, startedAt, facts, res }: Exchange): void {
  const ms = Math.round(performance.now() - startedAt);
  metrics.countRequest(facts, ms);
  const line = { requestId, status: res.statusCode, ms, ...facts };
  // Probes come by the thousand, from monitors and from strangers without a key.
  if (facts.code === "invalid_key" || facts.endpoint === "probe") log.debug(line, "request");
  else log.info(line, "request");
}
