import type { RequestSource } from "./metered-request.ts";
import type { SettledStatus } from "./settlement.ts";

/** A request as the log lists it, in a form that can be sent to the browser. */
export interface LoggedRequest {
  id: string;
  /** ISO 8601, in UTC. */
  createdAt: string;
  /** The e-mail of its account, in the log of all accounts; null in an account's own. */
  account: string | null;
  keyId: string | null;
  source: RequestSource;
  model: string;
  tag: string;
  status: "reserved" | SettledStatus;
  errorCode: string | null;
  estimated: boolean;
  promptTokens: number;
  cachedTokens: number;
  completionTokens: number;
  reasoningTokens: number;
  /** A whole number, which may be beyond 2^53. */
  costNanoUsd: string;
  timeToFirstTokenMs: number | null;
  totalMs: number | null;
}
