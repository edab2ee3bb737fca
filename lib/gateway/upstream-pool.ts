import {
  type BreakerOptions,
  type BreakerState,
  type CircuitBreaker,
  createCircuitBreaker,
} from "./circuit-breaker.ts";
import type { Upstream } from "./upstreams/upstream.ts";

export interface PoolMember {
  upstream: Upstream;
  breaker: CircuitBreaker;
}

export interface UpstreamPool {
  /** In the order they are tried; never empty. */
  members: readonly PoolMember[];
  /** How long a streamed first byte is waited for while another member could take over. */
  failoverMs: number;
}

export interface PoolOptions {
  breaker: BreakerOptions;
  failoverMs: number;
  /** A clock in milliseconds that never goes back. */
  now(): number;
}

/** The upstreams of this process, each behind a breaker of its own. */
export function createUpstreamPool(upstreams: readonly Upstream[], options: PoolOptions): UpstreamPool {
  const toMember = (upstream: Upstream) => ({
    upstream,
    breaker: createCircuitBreaker(options.breaker, options.now),
  });
  return { members: upstreams.map(toMember), failoverMs: options.failoverMs };
}

/** Each upstream's name and what its breaker says, in the order they are tried. */
export function listStates({ members }: UpstreamPool): { name: string; state: BreakerState }[] {
  return members.map(({ upstream, breaker }) => ({ name: upstream.name, state: breaker.state() }));
}

/** Milliseconds until some upstream may be tried; 0 when one may be now. */
export function waitMsOf({ members }: UpstreamPool): number {
  return Math.min(...members.map(({ breaker }) => breaker.waitMs()));
}
