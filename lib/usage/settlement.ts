import type { TokenCounts } from "./cost.ts";
import type { RequestTrace } from "./request-trace.ts";

export const settledStatuses = ["succeeded", "failed", "aborted", "interrupted"] as const;
export type SettledStatus = (typeof settledStatuses)[number];

/** How calls end that did not succeed. */
export const failingStatuses = ["failed", "aborted", "interrupted"] as const satisfies SettledStatus[];

/** How a call ended. */
export interface Outcome {
  status: SettledStatus;
  /** Null when nothing was produced and the upstream reported nothing: the call costs nothing. */
  usage: TokenCounts | null;
  /** True when `usage` was counted here because the upstream did not report it. */
  estimated: boolean;
  finishReason?: string | null;
  errorCode?: string | null;
  httpStatus: number;
  /** The name of the upstream that served it. */
  upstream?: string | null;
  attempts: number;
  timeToFirstTokenMs?: number | null;
  totalMs: number;
  trace?: RequestTrace | null;
}

/** What a settlement recorded. */
export interface Settled {
  requestId: string;
  accountId: string;
  keyId: string | null;
  usage: TokenCounts;
  costNanoUsd: bigint;
}
