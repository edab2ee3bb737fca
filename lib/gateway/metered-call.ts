import type { Model } from "#lib/models/model.ts";
import type { KeptAnswer } from "#lib/usage/kept-body.ts";
import { type RequestTrace, tracedHeaders, type UpstreamTry } from "#lib/usage/request-trace.ts";
import type { Outcome } from "#lib/usage/settlement.ts";
import { type ChatAccumulation, emptyAccumulation } from "#lib/wire/chat-accumulator.ts";
import type { ChatRequest } from "#lib/wire/chat-completions.ts";
import { type ApiError, errorTable } from "#lib/wire/errors.ts";
import type { TokenUsage } from "#lib/wire/token-usage.ts";
import type { GatewayContext } from "./context.ts";
import type { EndOfTry } from "./dispatch.ts";
import { estimateUsage, hasProduced } from "./estimate-usage.ts";
import type { Exchange } from "./exchange.ts";
import { inSpan } from "./tracing.ts";

/** A metered call while it runs. */
export interface RunningCall {
  /** Stops it because this process ends: it is settled as `interrupted`. */
  interrupt(): void;
}

/** How a call ended. */
export type CallEnding =
  | { kind: "succeeded"; produced: ChatAccumulation }
  | { kind: "failed"; error: ApiError; produced?: ChatAccumulation }
  /** The client left, or this process ends. `underWay`: an upstream had been given the prompt. */
  | { kind: "stopped"; underWay: boolean; produced?: ChatAccumulation };

export interface MeteredCall {
  signal: AbortSignal;
  /** Drops the upstream's connection. */
  leave(): void;
  /** Notes a try at an upstream for the trace; to be called as it begins. */
  beginTry(upstream: string): EndOfTry;
  noteUpstream(upstream: string, attempts: number): void;
  noteFirstToken(): void;
  /** Settles the call; the first ending counts. `streamOpen`: the client has had status 200. */
  settle(ending: CallEnding, streamOpen?: boolean): Promise<void>;
  /** Takes it off the list of running calls. */
  end(): void;
}

const clientLeftStatus = 499;

/** A call that was just let through. `readAt`: when its last byte had come, by `performance.now()`. */
interface AdmittedCall {
  chat: ChatRequest;
  model: Model;
  readAt: number;
}

/** Follows an admitted call: what stops it, what it took, and its one settlement. */
export function beginMeteredCall(
  context: GatewayContext,
  exchange: Exchange,
  { chat, model, readAt }: AdmittedCall,
): MeteredCall {
  const controller = new AbortController();
  const { res, facts } = exchange;
  let interrupted = false;
  let settled = false;

  const onClose = () => controller.abort(new DOMException("The client left.", "AbortError"));
  const running: RunningCall = {
    interrupt() {
      interrupted = true;
      controller.abort(new DOMException("The server is stopping.", "AbortError"));
    },
  };
  context.running.add(running);
  res.on("close", onClose);
  if (res.destroyed) onClose();

  const sinceStart = () => Math.round(performance.now() - exchange.startedAt);
  const tries: UpstreamTry[] = [];
  const way = {
    readMs: Math.round(readAt - exchange.startedAt),
    admittedMs: sinceStart(),
    tries,
  };

  return {
    signal: controller.signal,
    leave: onClose,
    beginTry(upstream) {
      const startMs = sinceStart();
      return (outcome, status) => {
        tries.push({ upstream, startMs, durationMs: sinceStart() - startMs, outcome, status });
      };
    },
    noteUpstream(upstream, attempts) {
      Object.assign(facts, { upstream, attempts });
    },
    noteFirstToken() {
      facts.timeToFirstTokenMs = sinceStart();
      context.metrics.observeFirstToken(facts.timeToFirstTokenMs);
    },
    async settle(ending, streamOpen = false) {
      if (settled) return;
      settled = true;
      await record(context, exchange, model, {
        ...describeEnding(ending, interrupted, streamOpen),
        ...usageOf(ending, chat),
        finishReason: ending.produced?.finishReason ?? null,
        upstream: facts.upstream ?? null,
        attempts: facts.attempts ?? 0,
        timeToFirstTokenMs: facts.timeToFirstTokenMs ?? null,
        totalMs: sinceStart(),
        trace: { ...way, ...whatTheClientGets(exchange, ending) },
      });
      exchange.keepBody?.(answerOf(ending));
    },
    end() {
      res.off("close", onClose);
      context.running.delete(running);
    },
  };
}

/** Settles, and notes what was settled for the log and the metrics. */
async function record(
  { settler, metrics }: GatewayContext,
  { requestId, facts, span }: Exchange,
  model: Model,
  outcome: Outcome,
): Promise<void> {
  const startedMs = performance.now();
  facts.code = outcome.errorCode ?? "ok";
  const recorded = await inSpan(span, "settle", () => settler.settle(requestId, outcome));
  metrics.observeOverhead("settlement", performance.now() - startedMs);
  if (!recorded) return;
  facts.usage = recorded.usage;
  facts.costNanoUsd = recorded.costNanoUsd.toString();
  metrics.countUsage(model.id, recorded.usage, recorded.costNanoUsd);
}

function answerOf(ending: CallEnding): KeptAnswer {
  const { reasoning, content, toolCalls } = ending.produced ?? emptyAccumulation;
  return { reasoning, content, toolCalls, error: ending.kind === "failed" ? ending.error.message : null };
}

function whatTheClientGets(
  { res }: Exchange,
  ending: CallEnding,
): Pick<RequestTrace, "headers" | "retryAfterS"> {
  const headers = tracedHeaders.map((name) => res.getHeader(name)?.toString() ?? null);
  return { headers, retryAfterS: ending.kind === "failed" ? (ending.error.retryAfterS ?? null) : null };
}

function describeEnding(
  ending: CallEnding,
  interrupted: boolean,
  streamOpen: boolean,
): Pick<Outcome, "status" | "httpStatus" | "errorCode"> {
  switch (ending.kind) {
    case "succeeded":
      return { status: "succeeded", httpStatus: 200 };
    case "failed": {
      const { code } = ending.error;
      return { status: "failed", httpStatus: streamOpen ? 200 : errorTable[code].status, errorCode: code };
    }
    case "stopped":
      return interrupted
        ? { status: "interrupted", httpStatus: streamOpen ? 200 : 503, errorCode: "upstream_unavailable" }
        : { status: "aborted", httpStatus: clientLeftStatus, errorCode: "client_closed_request" };
  }
}

/**
 * What a call is charged for. The upstream's figures where it reported them. Else, estimated: an answer that is complete or was stopped
 * after an upstream had taken the prompt, streamed or not, the prompt and what was produced; a failure the same, but nothing at
 * all when nothing came out of it.
 */
function usageOf(ending: CallEnding, request: ChatRequest): { usage: TokenUsage | null; estimated: boolean } {
  const produced = ending.produced ?? emptyAccumulation;
  if (produced.usage) return { usage: produced.usage, estimated: false };
  const charged =
    ending.kind === "succeeded" || (ending.kind === "failed" ? hasProduced(produced) : ending.underWay);
  return { usage: charged ? estimateUsage(request, produced) : null, estimated: charged };
}
