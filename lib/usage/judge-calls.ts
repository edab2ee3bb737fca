import { isModelAllowed } from "#lib/keys/scope.ts";
import type { Admission, Call, Plan, RateState, Refused } from "./admission.ts";

/** Seconds of the rate window are 32-bit integers: counted from 1970 they would end in 2038, from here in 2094. */
export const secondsBeginMs = Date.parse("2026-01-01T00:00:00Z");

const windowSeconds = 61;
const dayMs = 86_400_000;

/** Who pays, as the database knows it. Money is nano-USD. */
export interface KnownPayer {
  accountId: string;
  plan: Plan;
  /** Budgets that refuse; those that only warn are not admission's concern, since every settlement counts the spend. */
  accountBudget: bigint | null;
  /** Instead of the plan's, where an admin has set them. */
  accountRequestsPerDay: number | null;
  accountRequestsPerMinute: number | null;
  keyId: string | null;
  /** The first key of its line of rotations: whom its minute and months are counted under. Null for an account's chat. */
  keyHolder: string | null;
  keyBudget: bigint | null;
  keyDisabled: boolean;
  /** For how many days the call's body is kept; null for not at all. */
  keepBodiesDays: number | null;
  requestsPerMinute: number | null;
  modelPatterns: readonly string[];
  expiresAt: Date | null;
  /** When a call last wrote so to the key; only once a minute. */
  lastUsedAt: Date | null;
}

/** Requests of the last minute by second since `secondsBeginMs`, ascending. */
export interface RateWindow {
  seconds: number[];
  counts: number[];
}

/** The counters a batch of calls is judged by, locked; judging moves them. */
export interface Counters {
  /** By subject. */
  windows: Map<string, RateWindow>;
  /** Requests used, by `quotaId`. */
  quotas: Map<string, number>;
  /** Spent and reserved nano-USD, by `monthId`. */
  months: Map<string, bigint>;
}

export function quotaId(accountId: string, day: string): string {
  return `${accountId} ${day}`;
}

export function monthId(holderId: string, month: string): string {
  return `${holderId} ${month}`;
}

/** What a call is counted under. Days and months are UTC dates such as `2026-11-01`. */
export interface Holders {
  subject: string;
  quota: { accountId: string; day: string } | null;
  /** A key before its account. */
  months: { holderId: string; accountId: string; rank: number; month: string }[];
}

/** Null for a payer that is not in force at `now` or may not use the model: nothing is counted then. */
export function holdersOf(payer: KnownPayer, call: Call, now: Date): Holders | null {
  if (refusesAtOnce(payer, call, now)) return null;
  const { accountId, keyHolder, plan } = payer;
  const day = now.toISOString().slice(0, 10);
  const month = `${day.slice(0, 7)}-01`;
  return {
    subject: keyHolder ?? `chat:${accountId}`,
    quota: plan === "trial" ? { accountId, day } : null,
    months: isBudgeted(payer)
      ? [
          ...(keyHolder === null ? [] : [{ holderId: keyHolder, accountId, rank: 1, month }]),
          { holderId: accountId, accountId, rank: 2, month },
        ]
      : [],
  };
}

export function isBudgeted(payer: KnownPayer): boolean {
  return payer.accountBudget !== null || payer.keyBudget !== null;
}

function refusesAtOnce(payer: KnownPayer, call: Call, now: Date): Refused | null {
  if (payer.expiresAt !== null && payer.expiresAt <= now) return { ok: false, reason: "invalid_key" };
  if (payer.keyDisabled) return { ok: false, reason: "key_disabled" };
  if (!isModelAllowed(payer.modelPatterns, call.model)) return { ok: false, reason: "scope_exceeded" };
  return null;
}

/**
 * Judges one call by the counters and, where it is admitted, takes from them. Calls of a batch are judged one after the other.
 * `holders` are its `holdersOf`, where they are known already.
 */
export function judgeCall(
  payer: KnownPayer | undefined,
  call: Call,
  now: Date,
  counters: Counters,
  holders = payer ? holdersOf(payer, call, now) : null,
): Admission {
  if (!payer) return { ok: false, reason: "invalid_key" };
  if (!holders) return refusesAtOnce(payer, call, now) ?? { ok: false, reason: "invalid_key" };
  const window = liveWindow(counters, holders.subject, now);
  const used = window.counts.reduce((sum, count) => sum + count, 0);
  const limit = rateLimitOf(payer, call);
  const rate = rateState(window, { limit, used, now });
  if (used >= limit) {
    return { ok: false, reason: "rate_limited", rate, retryAfterS: retryAfter(window, used - limit, now) };
  }
  const midnight = Math.floor(now.getTime() / dayMs + 1) * dayMs;
  const quotaUsed = holders.quota && (counters.quotas.get(quotaIdOf(holders.quota)) ?? 0);
  const quotaLimit = payer.accountRequestsPerDay ?? call.limits.trialRequestsPerDay;
  if (quotaUsed !== null && quotaUsed >= quotaLimit) {
    const retryAfterS = wholeSeconds(midnight - now.getTime());
    return { ok: false, reason: "daily_quota_exceeded", rate, retryAfterS, quotaLimit };
  }
  const exceeded = exceededBudget(payer, holders, call.reserveNanoUsd, counters);
  if (exceeded !== null) return { ok: false, reason: "budget_exceeded", rate, budgetHolderId: exceeded };
  consume(holders, window, call, now, counters);
  return {
    ok: true,
    accountId: payer.accountId,
    keyId: payer.keyId,
    plan: payer.plan,
    keepBodiesDays: payer.keepBodiesDays,
    rate: { ...rate, remaining: limit - used - 1 },
    quota:
      quotaUsed === null
        ? null
        : { limit: quotaLimit, remaining: quotaLimit - quotaUsed - 1, resetsAt: new Date(midnight) },
  };
}

function quotaIdOf({ accountId, day }: { accountId: string; day: string }): string {
  return quotaId(accountId, day);
}

function rateLimitOf(payer: KnownPayer, { limits }: Call): number {
  const ofPlan = payer.plan === "trial" ? limits.trialRequestsPerMinute : limits.paidRequestsPerMinute;
  const plan = payer.accountRequestsPerMinute ?? ofPlan;
  return Math.min(payer.requestsPerMinute ?? plan, plan);
}

/** A request counts in its one-second bucket until 61 s after the bucket began: for 60 s at least and 61 s at most. */
function liveWindow({ windows }: Counters, subject: string, now: Date): RateWindow {
  const oldest = secondOf(now) - (windowSeconds - 1);
  const all = windows.get(subject) ?? { seconds: [], counts: [] };
  const from = all.seconds.findIndex((second) => second >= oldest);
  return from < 0
    ? { seconds: [], counts: [] }
    : { seconds: all.seconds.slice(from), counts: all.counts.slice(from) };
}

function secondOf(now: Date): number {
  return Math.floor((now.getTime() - secondsBeginMs) / 1000);
}

function msUntilGone(second: number, now: Date): number {
  return secondsBeginMs + (second + windowSeconds) * 1000 - now.getTime();
}

function rateState(
  { seconds }: RateWindow,
  { limit, used, now }: { limit: number; used: number; now: Date },
): RateState {
  const [oldest = secondOf(now)] = seconds;
  return { limit, remaining: Math.max(0, limit - used), resetMs: Math.max(0, msUntilGone(oldest, now)) };
}

/** Until so many of the window have left that one more fits. */
function retryAfter({ seconds, counts }: RateWindow, tooMany: number, now: Date): number {
  let left = 0;
  for (const [index, second] of seconds.entries()) {
    left += counts[index] ?? 0;
    if (left > tooMany) return wholeSeconds(msUntilGone(second, now));
  }
  return wholeSeconds(60_000);
}

function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

/** The holder of the first budget that the reserve does not fit into; null where it fits into all. */
function exceededBudget(
  payer: KnownPayer,
  { months }: Holders,
  reserveNanoUsd: bigint,
  counters: Counters,
): string | null {
  const exceeded = months.find(({ holderId, rank, month }) => {
    const budget = rank === 1 ? payer.keyBudget : payer.accountBudget;
    const held = counters.months.get(monthId(holderId, month)) ?? 0n;
    return budget !== null && held + reserveNanoUsd > budget;
  });
  return exceeded?.holderId ?? null;
}

function consume(
  { subject, quota, months }: Holders,
  window: RateWindow,
  { reserveNanoUsd }: Call,
  now: Date,
  counters: Counters,
): void {
  counters.windows.set(subject, withOneMore(window, secondOf(now)));
  if (quota) counters.quotas.set(quotaIdOf(quota), (counters.quotas.get(quotaIdOf(quota)) ?? 0) + 1);
  for (const { holderId, month } of months) {
    const id = monthId(holderId, month);
    counters.months.set(id, (counters.months.get(id) ?? 0n) + reserveNanoUsd);
  }
}

/** Clocks of several processes may differ by moments: a second may have to go between two. */
function withOneMore({ seconds, counts }: RateWindow, second: number): RateWindow {
  const last = seconds.at(-1);
  if (last === second) return { seconds, counts: counts.with(-1, (counts.at(-1) ?? 0) + 1) };
  if (last === undefined || last < second) return { seconds: [...seconds, second], counts: [...counts, 1] };
  const bySecond = new Map(seconds.map((each, index) => [each, counts[index] ?? 0]));
  bySecond.set(second, (bySecond.get(second) ?? 0) + 1);
  const sorted = [...bySecond].sort(([a], [b]) => a - b);
  return { seconds: sorted.map(([each]) => each), counts: sorted.map(([, count]) => count) };
}
