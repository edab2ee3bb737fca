import { ApiError } from "#lib/wire/errors.ts";
import type { Passage } from "./circuit-breaker.ts";
import { type Delay, readStart, resume, withFirstByte } from "./upstream-body.ts";
import { failureOfAnswer, failureOfThrown, type UpstreamFailure } from "./upstream-failure.ts";
import { type PoolMember, type UpstreamPool, waitMsOf } from "./upstream-pool.ts";
import type { UpstreamAnswer, UpstreamCall } from "./upstreams/upstream.ts";

export interface DispatchPorts {
  delay: Delay;
  /** From 0 up to 1. */
  random(): number;
  /** Called as each try begins; what it gives is called as it ends. */
  observeTry(upstream: string): EndOfTry;
}

/** `outcome` is "answered", "aborted" or the error's code; `status` what the upstream answered with, if it did. */
export type EndOfTry = (outcome: string, status: number | null) => void;

export type Dispatched = {
  upstream: string;
  attempts: number;
} /** How the answer ended is for its reader to tell `passage`. */ & (
  | { kind: "answered"; answer: UpstreamAnswer; passage: Passage }
  | { kind: "failed"; error: ApiError }
  /** The call's signal aborted; `underWay` tells whether an upstream had been given the prompt. */
  | { kind: "aborted"; underWay: boolean }
);

const maxAttempts = 3;
const firstBackoffMs = 250;
const maxRetryAfterMs = 5_000;
/** How long the first byte is waited for before an answer counts as begun; keeps a retry possible where it is still free. */
const firstByteGraceMs = 2_000;

/**
 * Sends a call until an upstream answers it with status 200 and a first byte: at most three tries. Each upstream that is not left
 * alone by its breaker gets one try, in order and at once; when none is left, those whose failure is safe to repeat get the tries
 * that remain, after jittered pauses or the pause the upstream asked for (up to 5 s). What is the caller's fault is not tried again.
 * A call is tried once at least, also where every upstream came to be left alone since the caller looked.
 */
export async function dispatch(
  pool: UpstreamPool,
  call: UpstreamCall,
  ports: DispatchPorts,
): Promise<Dispatched> {
  const tour: Visit[] = [];
  let underWay = false;
  if (call.signal.aborted) return { kind: "aborted", upstream: "none", attempts: 0, underWay };
  let visit = enterNext(pool, tour) ?? enterAnyway(pool, tour);
  for (let attempts = 1; ; attempts++) {
    const upstream = visit.member.upstream.name;
    const others = attempts < maxAttempts && hasNext(pool, tour);
    const tried = await tryOnce(visit, others ? pool.failoverMs : null, call, ports);
    underWay ||= tried.kind !== "failed";
    if (call.signal.aborted) {
      visit.passage.left();
      return { kind: "aborted", upstream, attempts, underWay };
    }
    if (tried.kind === "answered") return { ...tried, passage: visit.passage, upstream, attempts };
    if (tried.kind === "failed") {
      visit.failure = tried.failure;
      const plan: NextTry | null =
        attempts < maxAttempts ? planNext(pool, tour, visit, attempts, ports.random()) : null;
      if (!plan) return { kind: "failed", error: tried.failure.error, upstream, attempts };
      if (plan.pauseMs > 0 && !(await waited(plan.pauseMs, call.signal, ports))) {
        return { kind: "aborted", upstream, attempts, underWay };
      }
      visit = plan.visit;
    }
  }
}

/** One upstream as this call met it. */
interface Visit {
  member: PoolMember;
  passage: Passage;
  failure: UpstreamFailure | null;
}

function isNew(member: PoolMember, tour: readonly Visit[]): boolean {
  return !tour.some((visit) => visit.member === member);
}

function hasNext({ members }: UpstreamPool, tour: readonly Visit[]): boolean {
  return members.some((member) => isNew(member, tour) && member.breaker.waitMs() === 0);
}

/** The first upstream not visited that lets the call through. */
function enterNext({ members }: UpstreamPool, tour: Visit[]): Visit | null {
  for (const member of members) {
    const passage = isNew(member, tour) ? member.breaker.enter() : null;
    if (!passage) continue;
    const visit = { member, passage, failure: null };
    tour.push(visit);
    return visit;
  }
  return null;
}

/** The upstream that may be tried again the soonest. */
function enterAnyway({ members }: UpstreamPool, tour: Visit[]): Visit {
  const [member] = members.toSorted((a, b) => a.breaker.waitMs() - b.breaker.waitMs());
  if (!member) throw new Error("The pool has no upstream.");
  const visit = { member, passage: member.breaker.enterAnyway(), failure: null };
  tour.push(visit);
  return visit;
}

interface NextTry {
  visit: Visit;
  pauseMs: number;
}

/** Where to go after a failure: an upstream not visited, else one whose failure is safe to repeat, else nowhere. */
function planNext(
  pool: UpstreamPool,
  tour: Visit[],
  failed: Visit,
  attempts: number,
  random: number,
): NextTry | null {
  if (!failed.failure?.elsewhere) return null;
  const next = enterNext(pool, tour);
  if (next) return { visit: next, pauseMs: 0 };
  for (const visit of tour) {
    const pauseMs = visit.failure && pauseBefore(attempts, visit.failure, random);
    if (pauseMs !== null && visit.member.breaker.state() !== "open") return { visit, pauseMs };
  }
  return null;
}

/** What a call is refused with, before it is admitted, while every upstream is left alone; else null. */
export function refusalOf(pool: UpstreamPool): ApiError | null {
  const waitMs = waitMsOf(pool);
  if (waitMs === 0) return null;
  const retryAfterS = Math.ceil(waitMs / 1000);
  return new ApiError(
    "upstream_unavailable",
    `The upstream failed repeatedly and is left alone for a moment. Send the request again in ${retryAfterS} s.`,
    { retryAfterS },
  );
}

/** The pause before another try at the same upstream, or null when there must be none. */
function pauseBefore(attempts: number, failure: UpstreamFailure, random: number): number | null {
  if (!failure.retryable) return null;
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

/** `patienceMs`: how long the first byte of a stream may take, where not as long as the upstream itself allows. */
async function tryOnce(
  { member, passage }: Visit,
  patienceMs: number | null,
  call: UpstreamCall,
  ports: DispatchPorts,
): Promise<Tried> {
  const observed = ports.observeTry(member.upstream.name);
  const tried = await send(member, passage, patienceMs, call, ports);
  if (tried.kind !== "failed" || call.signal.aborted) {
    observed(
      call.signal.aborted ? "aborted" : tried.kind,
      tried.kind === "answered" ? tried.answer.status : null,
    );
    return tried;
  }
  observed(tried.failure.error.code, tried.failure.status);
  tell(passage, tried.failure.health);
  return tried;
}

/** Tells the breaker what a call's failure says of its upstream. */
export function tell(passage: Passage, health: UpstreamFailure["health"]): void {
  if (health === "failing") passage.failed();
  else if (health === "alive") passage.completed();
  else passage.left();
}

async function send(
  { upstream }: PoolMember,
  passage: Passage,
  patienceMs: number | null,
  call: UpstreamCall,
  ports: DispatchPorts,
): Promise<Tried> {
  const patience = call.stream ? patienceMs : null;
  try {
    const answer = await upstream.send({ ...call, ...(patience !== null && { firstByteMs: patience }) });
    if (answer.status !== 200) {
      const text = await readStart(answer.body);
      return { kind: "failed", failure: failureOfAnswer(answer.status, answer.headers, text) };
    }
    if (answer.headers["content-type"]?.includes("text/html")) {
      await readStart(answer.body);
      return { kind: "failed", failure: failureOfAnswer(502, {}, "") };
    }
    const begun = await withFirstByte(answer.body, call.signal, ports.delay, patience ?? firstByteGraceMs);
    if (!begun) return { kind: "failed", failure: failureOfAnswer(502, {}, "") };
    passage.begun();
    return { kind: "answered", answer: { ...answer, body: resume(begun) } };
  } catch (error) {
    return call.signal.aborted ? { kind: "aborted" } : { kind: "failed", failure: failureOfThrown(error) };
  }
}
