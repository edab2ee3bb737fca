import type { ApiError } from "#lib/wire/errors.ts";
import { failureOfAnswer, failureOfThrown, type UpstreamFailure } from "./upstream-failure.ts";
import type { Upstream, UpstreamAnswer, UpstreamCall } from "./upstreams/upstream.ts";

export interface DispatchPorts {
  /** Resolves after `ms`, or rejects when the signal aborts. */
  delay(ms: number, signal: AbortSignal): Promise<unknown>;
  /** From 0 up to 1. */
  random(): number;
}

export type Dispatched = { upstream: string; attempts: number } & (
  | { kind: "answered"; answer: UpstreamAnswer }
  | { kind: "failed"; error: ApiError }
  /** The call's signal aborted; `underWay` tells whether an upstream had been given the prompt. */
  | { kind: "aborted"; underWay: boolean }
);

const maxAttempts = 3;
const firstBackoffMs = 250;
const maxRetryAfterMs = 5_000;
/** How long the first byte is waited for before an answer counts as begun; keeps a retry possible where it is still free. */
const firstByteGraceMs = 2_000;
const maxErrorBodyBytes = 64 * 1024;

/**
 * Sends a call until an upstream answers it with status 200 and a first byte: at most three tries over the upstreams in turn, each
 * only after a failure that is safe to repeat, with jittered pauses or the pause the upstream asked for (up to 5 s).
 */
export async function dispatch(
  upstreams: readonly Upstream[],
  call: UpstreamCall,
  ports: DispatchPorts,
): Promise<Dispatched> {
  let underWay = false;
  if (call.signal.aborted)
    return { kind: "aborted", upstream: upstreams[0]?.name ?? "none", attempts: 0, underWay };
  for (let attempts = 1; ; attempts++) {
    const upstream = upstreams[(attempts - 1) % upstreams.length];
    if (!upstream) throw new Error("There is no upstream to send to.");
    const tried = await tryOnce(upstream, call, ports);
    underWay ||= tried.kind !== "failed";
    if (call.signal.aborted) return { kind: "aborted", upstream: upstream.name, attempts, underWay };
    if (tried.kind === "answered") return { ...tried, upstream: upstream.name, attempts };
    if (tried.kind === "failed") {
      const pauseMs = pauseBefore(attempts, tried.failure, ports.random());
      if (pauseMs === null)
        return { kind: "failed", error: tried.failure.error, upstream: upstream.name, attempts };
      if (!(await waited(pauseMs, call.signal, ports))) {
        return { kind: "aborted", upstream: upstream.name, attempts, underWay };
      }
    }
  }
}

/** The pause before another try, or null when there must be none. */
function pauseBefore(attempts: number, failure: UpstreamFailure, random: number): number | null {
  if (!failure.retryable || attempts >= maxAttempts) return null;
  if (failure.retryAfterMs !== null)
    return failure.retryAfterMs <= maxRetryAfterMs ? failure.retryAfterMs : null;
  return firstBackoffMs * 2 ** (attempts - 1) * (0.5 + random / 2);
}

async function waited(ms: number, signal: AbortSignal, { delay }: DispatchPorts): Promise<boolean> {
  try {
    await delay(ms, signal);
    return !signal.aborted;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

type Tried =
  | { kind: "answered"; answer: UpstreamAnswer }
  | { kind: "failed"; failure: UpstreamFailure }
  | { kind: "aborted" };

async function tryOnce(upstream: Upstream, call: UpstreamCall, ports: DispatchPorts): Promise<Tried> {
  try {
    const answer = await upstream.send(call);
    if (answer.status !== 200) {
      const text = await readStart(answer.body);
      return { kind: "failed", failure: failureOfAnswer(answer.status, answer.headers, text) };
    }
    if (answer.headers["content-type"]?.includes("text/html")) {
      await readStart(answer.body);
      return { kind: "failed", failure: failureOfAnswer(502, {}, "") };
    }
    const body = await withFirstByte(answer.body, call.signal, ports);
    if (body) return { kind: "answered", answer: { ...answer, body } };
    return { kind: "failed", failure: failureOfAnswer(502, {}, "") };
  } catch (error) {
    return call.signal.aborted ? { kind: "aborted" } : { kind: "failed", failure: failureOfThrown(error) };
  }
}

/** The same body once its first byte is there (or late), null when it is empty. */
async function withFirstByte(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  { delay }: DispatchPorts,
): Promise<AsyncIterable<Uint8Array> | null> {
  const iterator = body[Symbol.asyncIterator]();
  const first = iterator.next();
  const grace = new AbortController();
  const late = delay(firstByteGraceMs, AbortSignal.any([signal, grace.signal])).catch(() => "late");
  const arrived = await Promise.race([first, late.then(() => null)]);
  grace.abort();
  if (arrived?.done) return null;
  return resume(first, iterator);
}

async function* resume(
  first: Promise<IteratorResult<Uint8Array>>,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = await first; !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/** At most 64 KiB of a body, as text. */
async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= maxErrorBodyBytes) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}
