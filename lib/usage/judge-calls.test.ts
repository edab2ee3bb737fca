import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Call } from "./admission.ts";
import {
  type Counters,
  judgeCall,
  type KnownPayer,
  monthId,
  quotaId,
  secondsBeginMs,
} from "./judge-calls.ts";

const now = new Date("2026-11-24T10:00:00.250Z");
const second = Math.floor((now.getTime() - secondsBeginMs) / 1000);
const payer: KnownPayer = {
  accountId: "acc_1",
  plan: "trial",
  accountBudget: null,
  keyId: "key_2",
  keyHolder: "key_1",
  keyBudget: null,
  keyDisabled: false,
  keepBodiesDays: null,
  requestsPerMinute: null,
  accountRequestsPerDay: null,
  accountRequestsPerMinute: null,
  modelPatterns: [],
  expiresAt: null,
  lastUsedAt: null,
};
const call: Call = {
  requestId: "req_1",
  payer: { kind: "key", hash: "h" },
  model: "moonshot/kimi-k2.6",
  prices: { inputNanoUsd: 950, cachedInputNanoUsd: 95, outputNanoUsd: 4000 },
  endpoint: "chat.completions",
  stream: false,
  reserveNanoUsd: 10n,
  limits: { trialRequestsPerDay: 3, trialRequestsPerMinute: 5, paidRequestsPerMinute: 50 },
  processId: "proc_test",
};

function counters(change: Partial<Counters> = {}): Counters {
  return { windows: new Map(), quotas: new Map(), months: new Map(), ...change };
}

function judge(change: Partial<KnownPayer>, state = counters(), asked: Partial<Call> = {}, at = now) {
  return judgeCall({ ...payer, ...change }, { ...call, ...asked }, at, state);
}

describe("judging calls", () => {
  test("an unknown payer, an expired key and a model out of scope are refused and counted nowhere", () => {
    const state = counters();
    expect(judgeCall(undefined, call, now, state)).toEqual({ ok: false, reason: "invalid_key" });
    expect(judge({ expiresAt: now }, state)).toEqual({ ok: false, reason: "invalid_key" });
    expect(judge({ modelPatterns: ["other/*"] }, state)).toEqual({ ok: false, reason: "scope_exceeded" });
    expect(state).toEqual(counters());
  });

  test("a limit of n lets exactly n of any number of calls of a batch through, and counts n", () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fc.nat(40), (perMinute, perDay, asked) => {
        const state = counters();
        const limits = { ...call.limits, trialRequestsPerMinute: perMinute, trialRequestsPerDay: perDay };
        const results = Array.from({ length: asked }, () => judge({}, state, { limits }));
        const letThrough = Math.min(perMinute, perDay, asked);
        expect(results.filter(({ ok }) => ok)).toHaveLength(letThrough);
        expect(state.quotas.get(quotaId("acc_1", "2026-11-24")) ?? 0).toBe(letThrough);
        const window = state.windows.get("key_1");
        expect(window?.counts.reduce((sum, count) => sum + count, 0) ?? 0).toBe(letThrough);
      }),
    );
  });

  test("a request counts for at least 60 s and at most 61 s", () => {
    const windows = (age: number) => new Map([["key_1", { seconds: [second - age], counts: [5] }]]);
    expect(judge({}, counters({ windows: windows(60) }))).toMatchObject({
      ok: false,
      reason: "rate_limited",
      retryAfterS: 1,
    });
    expect(judge({}, counters({ windows: windows(61) }))).toMatchObject({ ok: true });
  });

  test("a refused minute says when the first request that matters leaves it", () => {
    const windows = new Map([["key_1", { seconds: [second - 30, second - 10, second], counts: [2, 2, 3] }]]);
    // Seven where five may be: the two oldest and one of the next must leave.
    expect(judge({}, counters({ windows }))).toMatchObject({
      reason: "rate_limited",
      rate: { limit: 5, remaining: 0 },
      retryAfterS: 51,
    });
  });

  test("a key's own limit lowers its plan's and never raises it", () => {
    const rate = (requestsPerMinute: number | null) => judge({ requestsPerMinute }).rate?.limit;
    expect([rate(null), rate(2), rate(500)]).toEqual([5, 2, 5]);
  });

  test("budgets of the key's line and of the account hold what is spent and reserved", () => {
    const months = () =>
      new Map([
        [monthId("key_1", "2026-11-01"), 85n],
        [monthId("acc_1", "2026-11-01"), 40n],
      ]);
    const state = counters({ months: months() });
    expect(judge({ keyBudget: 100n }, state).ok).toBe(true);
    expect(judge({ keyBudget: 100n }, state)).toMatchObject({ ok: false, reason: "budget_exceeded" });
    expect(state.months.get(monthId("acc_1", "2026-11-01"))).toBe(50n);
    expect(judge({ accountBudget: 49n }, counters({ months: months() })).ok).toBe(false);
    expect(judge({ accountBudget: 50n }, counters({ months: months() })).ok).toBe(true);
  });

  test("a paid account has no daily quota; a chat is counted under its account", () => {
    const state = counters();
    const asked = { payer: { kind: "account", accountId: "acc_1" } as const };
    const admitted = judge({ plan: "paid", keyId: null, keyHolder: null }, state, asked);
    expect(admitted).toMatchObject({
      ok: true,
      keyId: null,
      quota: null,
      rate: { limit: 50, remaining: 49 },
    });
    expect([...state.windows.keys()]).toEqual(["chat:acc_1"]);
    expect(state.quotas.size).toBe(0);
  });

  test("the day ends at midnight UTC", () => {
    const late = new Date("2026-12-31T23:59:59.500Z");
    const quotas = new Map([[quotaId("acc_1", "2026-12-31"), 3]]);
    expect(judge({}, counters({ quotas }), {}, late)).toMatchObject({
      reason: "daily_quota_exceeded",
      retryAfterS: 1,
    });
    expect(judge({}, counters({ quotas }), {}, new Date(late.getTime() + 500))).toMatchObject({
      ok: true,
      quota: { limit: 3, remaining: 2, resetsAt: new Date("2027-01-02T00:00:00Z") },
    });
  });
});
