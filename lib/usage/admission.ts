import type { ModelPrices } from "#lib/models/model.ts";

/** Requests a plan allows: a minute for each key (and for an account's chat), a UTC day for each trial account. */
export interface PlanLimits {
  trialRequestsPerDay: number;
  trialRequestsPerMinute: number;
  paidRequestsPerMinute: number;
}

/** Who pays: the owner of the key with this SHA-256 (hex), or an account through its own chat. */
export type Payer = { kind: "key"; hash: string } | { kind: "account"; accountId: string };

/** A call that asks to be let through. */
export interface Call {
  /** The id of its row in `requests`, never used before. */
  requestId: string;
  payer: Payer;
  /** The catalog's id of the model, such as `moonshot/kimi-k2.6`. */
  model: string;
  prices: ModelPrices;
  endpoint: string;
  stream: boolean;
  /** What the caller books its cost under; left out for nothing. */
  tag?: string;
  /** The most the call may cost; held against the budgets until it is settled. */
  reserveNanoUsd: bigint;
  limits: PlanLimits;
  processId: string;
  /** The database's clock if left out. */
  now?: Date;
}

/** Requests per minute of the key, or of the account's chat, as they stand after the call. */
export interface RateState {
  limit: number;
  remaining: number;
  /** Until `remaining` grows by the first request that leaves the window; 0 when the window is empty. */
  resetMs: number;
}

/** The account's requests of the UTC day, as they stand after the call. */
export interface QuotaState {
  limit: number;
  remaining: number;
  /** The next 00:00 UTC. */
  resetsAt: Date;
}

export type Plan = "trial" | "paid";

export interface Admitted {
  ok: true;
  accountId: string;
  /** Null when an account pays through its chat. */
  keyId: string | null;
  plan: Plan;
  /** For how many days the call's body is kept; null for not at all. */
  keepBodiesDays: number | null;
  rate: RateState;
  /** Null on plans without a daily quota. */
  quota: QuotaState | null;
}

export type RefusalReason =
  | "invalid_key"
  | "key_disabled"
  | "scope_exceeded"
  | "rate_limited"
  | "daily_quota_exceeded"
  | "budget_exceeded";

/** A refused call has consumed nothing and left no row. */
export interface Refused {
  ok: false;
  reason: RefusalReason;
  /** Present from the rate check on. */
  rate?: RateState;
  /** Whose budget refused it, as in `budget_months`; with `budget_exceeded`. */
  budgetHolderId?: string;
  /** Whole seconds, at least 1; with `rate_limited` and `daily_quota_exceeded`. */
  retryAfterS?: number;
  /** Requests of a UTC day; with `daily_quota_exceeded`. */
  quotaLimit?: number;
}

export type Admission = Admitted | Refused;
