import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { connectDb, type Db, onMeteringConnection } from "#lib/db/client.ts";
import { hashKey, makeKey } from "#lib/keys/key-format.ts";
import { createKey, type NewKey, revokeKey } from "#lib/keys/store.ts";
import type { Admission, Call, Payer } from "#lib/usage/admission.ts";
import { admit, admitBatch } from "#lib/usage/store/admission.ts";
import { getAccountBudget, setAccountBudget } from "#lib/usage/store/allowances.ts";
import { settle } from "#lib/usage/store/settlement.ts";
import { createTestAccount, databases, openTestDb, postgresUrl } from "#tests/support/databases.ts";
import { callOf, createPayer, generousLimits, outcomeOf } from "#tests/support/metered-calls.ts";

async function makePayers(
  db: Db,
  accountId: string,
  count: number,
  key: Partial<NewKey> = {},
): Promise<Payer[]> {
  const payers: Payer[] = [];
  for (let index = 0; index < count; index += 1) {
    payers.push((await createPayer(db, accountId, key)).payer);
  }
  return payers;
}

/** `count` calls at once, spread over payers and clients in turn. */
function admitInParallel(
  dbs: Db[],
  payers: Payer[],
  count: number,
  change: Partial<Call>,
): Promise<Admission[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const db = dbs[index % dbs.length];
      const payer = payers[Math.floor(index / dbs.length) % payers.length];
      if (!db || !payer) throw new Error("No client or no payer.");
      return admit(db, callOf(payer, change));
    }),
  );
}

function countByReason(admissions: Admission[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const admission of admissions) {
    const reason = admission.ok ? "admitted" : admission.reason;
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

async function consumedBy(db: Db, accountId: string) {
  const keys = await db.key.findMany({ where: { accountId }, select: { id: true } });
  const holders = [accountId, ...keys.map((key) => key.id)];
  const subjects = [`chat:${accountId}`, ...keys.map((key) => key.id)];
  const windows = await db.rateWindow.findMany({ where: { subject: { in: subjects } } });
  const quotas = await db.dailyQuota.findMany({ where: { accountId } });
  const months = await db.budgetMonth.findMany({ where: { holderId: { in: holders } } });
  return {
    requests: await db.request.count({ where: { accountId } }),
    inWindows: windows.flatMap((window) => window.counts).reduce((sum, count) => sum + count, 0),
    quota: quotas.reduce((sum, quota) => sum + quota.used, 0),
    reserved: months.reduce((sum, month) => sum + month.reservedNanoUsd, 0n),
  };
}

const nothing = { requests: 0, inWindows: 0, quota: 0, reserved: 0n };

describe.each(databases)("admission on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  test("500 parallel calls over 5 keys of one account with 100 left let exactly 100 through", async () => {
    const { id } = await createTestAccount(db);
    const payers = await makePayers(db, id, 5);
    const limits = { ...generousLimits, trialRequestsPerDay: 100 };
    const admissions = await admitInParallel([db], payers, 500, { limits });
    expect(countByReason(admissions)).toEqual({ admitted: 100, daily_quota_exceeded: 400 });
    expect(await consumedBy(db, id)).toEqual({ ...nothing, requests: 100, inWindows: 100, quota: 100 });
    const remaining = admissions.flatMap((admission) => (admission.ok ? [admission.quota?.remaining] : []));
    expect(remaining.sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  test("a limit of 60 a minute lets exactly 60 of 200 parallel calls of a key through", async () => {
    const { id } = await createTestAccount(db);
    const payers = await makePayers(db, id, 1);
    const limits = { ...generousLimits, trialRequestsPerMinute: 60 };
    const now = new Date("2026-05-05T12:00:00.500Z");
    const admissions = await admitInParallel([db], payers, 200, { limits, now });
    expect(countByReason(admissions)).toEqual({ admitted: 60, rate_limited: 140 });
    expect(await consumedBy(db, id)).toEqual({ ...nothing, requests: 60, inWindows: 60, quota: 60 });
    const refused = admissions.find((admission) => !admission.ok);
    expect(refused).toEqual({
      ok: false,
      reason: "rate_limited",
      rate: { limit: 60, remaining: 0, resetMs: 60_500 },
      retryAfterS: 61,
    });
  });

  test("a budget lets through exactly as many reserves as fit, of the key and of the account", async () => {
    const { id } = await createTestAccount(db, { plan: "paid" });
    await db.account.update({ where: { id }, data: { monthlyBudgetNanoUsd: 20_500n } });
    const payers = await makePayers(db, id, 3, { monthlyBudgetNanoUsd: 7_999n });
    const admissions = await admitInParallel([db], payers, 120, {});
    expect(countByReason(admissions)).toEqual({ admitted: 20, budget_exceeded: 100 });
    expect(await consumedBy(db, id)).toEqual({ requests: 20, inWindows: 20, quota: 0, reserved: 40_000n });
    const months = await db.budgetMonth.findMany({ where: { holderId: id } });
    expect(months.map((month) => month.reservedNanoUsd)).toEqual([20_000n]);
  });

  test("a budget that only warns refuses nothing, beside one that does, and all spend is counted", async () => {
    const { id } = await createTestAccount(db, { plan: "paid" });
    await setAccountBudget(db, id, 20_500n, "hard");
    const payers = await makePayers(db, id, 2, { monthlyBudgetNanoUsd: 100n, budgetMode: "warn" });
    expect(countByReason(await admitInParallel([db], payers, 60, {}))).toEqual({
      admitted: 20,
      budget_exceeded: 40,
    });
    await setAccountBudget(db, id, 1n, "warn");
    const more = await admitInParallel([db], payers, 40, {});
    expect(countByReason(more)).toEqual({ admitted: 40 });
    const rows = await db.request.findMany({ where: { accountId: id } });
    const settled = await Promise.all(rows.map((row) => settle(db, row.id, outcomeOf())));
    const cost = settled.reduce((sum, each) => sum + (each?.costNanoUsd ?? 0n), 0n);
    expect(cost).toBeGreaterThan(0n);
    expect(await db.budgetMonth.findFirst({ where: { holderId: id } })).toMatchObject({
      spentNanoUsd: cost,
      reservedNanoUsd: 0n,
    });
    expect(await getAccountBudget(db, id, new Date())).toMatchObject({ mode: "warn", spentNanoUsd: cost });
  });

  test("limits of a key and the budgets of two keys hold together without a deadlock", async () => {
    const { id } = await createTestAccount(db);
    await db.account.update({ where: { id }, data: { monthlyBudgetNanoUsd: 1_000_000n } });
    const payers = [
      ...(await makePayers(db, id, 2, { monthlyBudgetNanoUsd: 10_000n })),
      ...(await makePayers(db, id, 2, { requestsPerMinute: 15 })),
      { kind: "account", accountId: id } as const,
    ];
    const limits = { ...generousLimits, trialRequestsPerDay: 60 };
    const admissions = await admitInParallel([db], payers, 300, { limits });
    expect(countByReason(admissions).admitted).toBe(60);
    expect(await consumedBy(db, id)).toEqual({
      requests: 60,
      inWindows: 60,
      quota: 60,
      reserved: expect.anything(),
    });
  });

  test("a call refused by the budget consumes no quota, and one refused by the quota no budget", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id, { monthlyBudgetNanoUsd: 999n });
    expect(await admit(db, callOf(payer))).toMatchObject({ ok: false, reason: "budget_exceeded" });
    expect(await consumedBy(db, id)).toEqual(nothing);
    const limits = { ...generousLimits, trialRequestsPerDay: 0 };
    expect(await admit(db, callOf(payer, { limits, reserveNanoUsd: 1n }))).toMatchObject({
      ok: false,
      reason: "daily_quota_exceeded",
    });
    expect(await consumedBy(db, id)).toEqual(nothing);
  });

  test("a request counts for at least 60 s and at most 61 s", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id, { requestsPerMinute: 2 });
    const at = (time: string) => admit(db, callOf(payer, { now: new Date(`2026-05-05T${time}Z`) }));
    expect(await at("10:00:00.000")).toMatchObject({
      ok: true,
      rate: { limit: 2, remaining: 1, resetMs: 61_000 },
    });
    expect(await at("10:00:30.999")).toMatchObject({
      ok: true,
      rate: { limit: 2, remaining: 0, resetMs: 30_001 },
    });
    expect(await at("10:01:00.999")).toMatchObject({ ok: false, reason: "rate_limited", retryAfterS: 1 });
    expect(await at("10:01:01.000")).toMatchObject({ ok: true, rate: { remaining: 0, resetMs: 30_000 } });
    expect(await at("10:01:30.999")).toMatchObject({ ok: false });
    expect(await at("10:01:31.000")).toMatchObject({ ok: true });
  });

  test("the daily quota starts anew at 00:00 UTC", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const limits = { ...generousLimits, trialRequestsPerDay: 1 };
    const at = (time: string) => admit(db, callOf(payer, { limits, now: new Date(time) }));
    const resetsAt = new Date("2026-03-01T00:00:00Z");
    expect(await at("2026-02-28T23:59:00Z")).toMatchObject({ ok: true, quota: { remaining: 0, resetsAt } });
    expect(await at("2026-02-28T23:59:59.500Z")).toMatchObject({
      ok: false,
      reason: "daily_quota_exceeded",
      retryAfterS: 1,
    });
    expect(await at("2026-03-01T00:00:00.000Z")).toMatchObject({ ok: true, quota: { remaining: 0 } });
    expect(await at("2026-03-01T00:00:00.001Z")).toMatchObject({ ok: false });
  });

  test("a call admitted through the chat is the account's, and paid plans have no daily quota", async () => {
    const { id } = await createTestAccount(db, { plan: "paid" });
    const call = callOf({ kind: "account", accountId: id });
    expect(await admit(db, call)).toMatchObject({
      ok: true,
      accountId: id,
      keyId: null,
      plan: "paid",
      quota: null,
    });
    expect(await db.request.findUnique({ where: { id: call.requestId } })).toMatchObject({
      accountId: id,
      keyId: null,
      source: "chat",
      status: "reserved",
      reservedNanoUsd: 0n,
      inputPrice: 950,
      outputPrice: 4000,
    });
  });

  test("a key can lower its plan's limit and never raise it", async () => {
    const { id } = await createTestAccount(db);
    const limits = { ...generousLimits, trialRequestsPerMinute: 10 };
    const { payer: low } = await createPayer(db, id, { requestsPerMinute: 3 });
    const { payer: high } = await createPayer(db, id, { requestsPerMinute: 99 });
    expect(await admit(db, callOf(low, { limits }))).toMatchObject({ rate: { limit: 3 } });
    expect(await admit(db, callOf(high, { limits }))).toMatchObject({ rate: { limit: 10 } });
  });

  test("a revoked, an expired and a disabled account's key are invalid and consume nothing", async () => {
    const { id } = await createTestAccount(db);
    const revoked = await createKey(db, id, { name: "revoked" });
    await revokeKey(db, id, revoked.key.id);
    const expired = await createKey(db, id, { name: "expired", expiresAt: new Date(Date.now() - 1000) });
    const other = await createTestAccount(db);
    const disabled = await createKey(db, other.id, { name: "disabled" });
    await db.account.update({ where: { id: other.id }, data: { disabledAt: new Date() } });
    for (const { secret } of [revoked, expired, disabled]) {
      expect(await admit(db, callOf({ kind: "key", hash: hashKey(secret) }))).toEqual({
        ok: false,
        reason: "invalid_key",
      });
    }
    const chat = await admit(db, callOf({ kind: "account", accountId: other.id }));
    expect(chat).toEqual({ ok: false, reason: "invalid_key" });
    expect(await consumedBy(db, id)).toEqual(nothing);
    expect(await consumedBy(db, other.id)).toEqual(nothing);
  });

  test("a model outside the key's scope is refused and consumes nothing", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id, { modelPatterns: ["other/*", "moonshot/kimi_k2.6"] });
    expect(await admit(db, callOf(payer))).toEqual({ ok: false, reason: "scope_exceeded" });
    expect(await admit(db, callOf(payer, { model: "other/model" }))).toMatchObject({ ok: true });
    expect(await consumedBy(db, id)).toEqual({ ...nothing, requests: 1, inWindows: 1, quota: 1 });
  });

  test("unknown keys write no row in any table", async () => {
    const { id } = await createTestAccount(db);
    const { payer: known } = await createPayer(db, id);
    const unknown = Array.from({ length: 20 }, (): Payer => ({ kind: "key", hash: hashKey(makeKey()) }));
    // The counts of one connection's open transaction are free of what other tests write meanwhile.
    const alone = connectDb(url, { poolSize: 1 });
    const rowsWritten = async () => {
      const [sum] = await alone.$queryRaw<{ rows: bigint }[]>`
        SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint AS rows FROM pg_stat_xact_user_tables`;
      return sum?.rows ?? 0n;
    };
    try {
      await alone.$executeRaw`BEGIN`;
      const before = await rowsWritten();
      for (const payer of unknown) {
        expect(await admit(alone, callOf(payer))).toEqual({ ok: false, reason: "invalid_key" });
      }
      expect(await rowsWritten()).toBe(before);
      await alone.$executeRaw`UPDATE accounts SET name = name WHERE id = ${id}`;
      expect(await rowsWritten()).toBeGreaterThan(before);
      await alone.$executeRaw`ROLLBACK`;
      expect(await admit(alone, callOf(known))).toMatchObject({ ok: true });
    } finally {
      await alone.$disconnect();
    }
  });

  test("when a key was used is known to the minute, without a write for each call", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const lastUsed = async (time: string) => {
      await admit(db, callOf(payer, { now: new Date(time) }));
      return (await db.key.findFirst({ where: { accountId: id } }))?.lastUsedAt?.toISOString();
    };
    expect(await lastUsed("2026-05-05T10:00:00.000Z")).toBe("2026-05-05T10:00:00.000Z");
    expect(await lastUsed("2026-05-05T10:00:59.000Z")).toBe("2026-05-05T10:00:00.000Z");
    expect(await lastUsed("2026-05-05T10:01:01.000Z")).toBe("2026-05-05T10:01:01.000Z");
  });
});

describe("admission by several processes", () => {
  test("two client pools share one account's limit exactly", async () => {
    const dbs = [openTestDb(postgresUrl()), connectDb(postgresUrl(), { poolSize: 20 })];
    const [first] = dbs;
    if (!first) throw new Error("No client.");
    try {
      const { id } = await createTestAccount(first);
      await first.account.update({ where: { id }, data: { monthlyBudgetNanoUsd: 150_000n } });
      const payers = await makePayers(first, id, 5, { monthlyBudgetNanoUsd: 1_000_000n });
      const limits = { ...generousLimits, trialRequestsPerDay: 100 };
      const admissions = await admitInParallel(dbs, payers, 500, { limits });
      expect(countByReason(admissions)).toEqual({ admitted: 100, daily_quota_exceeded: 400 });
      expect(await consumedBy(first, id)).toEqual({
        requests: 100,
        inWindows: 100,
        quota: 100,
        reserved: 200_000n,
      });
    } finally {
      await Promise.all(dbs.map((db) => db.$disconnect()));
    }
  });

  test("batches of two client pools share the minute of one line of keys exactly", async () => {
    const dbs = [openTestDb(postgresUrl()), connectDb(postgresUrl(), { poolSize: 20 })];
    const [first] = dbs;
    if (!first) throw new Error("No client.");
    try {
      const { id } = await createTestAccount(first, { plan: "paid" });
      const payers = await makePayers(first, id, 3);
      const limits = { ...generousLimits, paidRequestsPerMinute: 70 };
      const now = new Date("2026-05-05T12:00:00.500Z");
      // Noted as used, with a window: what the way without kept locks takes.
      for (const payer of payers) await admit(first, callOf(payer, { limits, now }));
      const admissions = await Promise.all(
        Array.from({ length: 60 }, (_, index) => {
          const calls = payers.flatMap((payer) =>
            Array.from({ length: 3 }, () => callOf(payer, { limits, now })),
          );
          return admitBatch(dbs[index % 2] ?? first, calls);
        }),
      );
      expect(countByReason(admissions.flat())).toEqual({ admitted: 3 * 69, rate_limited: 3 * 111 });
      expect(await consumedBy(first, id)).toEqual({ ...nothing, requests: 210, inWindows: 210 });
    } finally {
      await Promise.all(dbs.map((db) => db.$disconnect()));
    }
  });

  test("a call that misses a counter does not lock what a settlement is waiting for", async () => {
    const db = openTestDb(postgresUrl());
    const caller = connectDb(postgresUrl(), { poolSize: 1 });
    const [rateHolder, settler] = [new pg.Client(postgresUrl()), new pg.Client(postgresUrl())];
    await Promise.all([rateHolder.connect(), settler.connect()]);
    try {
      const { id } = await createTestAccount(db, { plan: "paid" });
      const { keyId, payer } = await createPayer(db, id, { monthlyBudgetNanoUsd: 1_000_000n });
      const now = new Date("2026-05-05T10:00:00Z");
      const month = new Date("2026-05-01T00:00:00Z");
      await db.rateWindow.create({ data: { subject: keyId, seconds: [], counts: [] } });
      await db.budgetMonth.create({ data: { holderId: id, month } });
      const [backend] = await onMeteringConnection(caller, (query) =>
        query<{ pid: number }>("SELECT pg_backend_pid() AS pid"),
      );
      const blocked = async (by: pg.Client) => {
        const query = "SELECT b.pid FROM unnest(pg_blocking_pids($1)) AS b(pid) WHERE b.pid = $2";
        const { rows } = await by.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
        await expect
          .poll(() => db.$queryRawUnsafe(query, backend?.pid, rows[0]?.pid), { timeout: 20_000 })
          .toHaveLength(1);
      };
      await rateHolder.query("BEGIN");
      await rateHolder.query("SELECT FROM rate_windows WHERE subject = $1 FOR UPDATE", [keyId]);
      const admission = admit(caller, callOf(payer, { now }));
      await blocked(rateHolder);
      await db.budgetMonth.create({ data: { holderId: keyId, month } });
      const change = "UPDATE budget_months SET spent_nano_usd = spent_nano_usd + 1 WHERE holder_id = $1";
      await settler.query("BEGIN");
      await settler.query(change, [keyId]);
      await rateHolder.query("COMMIT");
      await blocked(settler);
      await settler.query(change, [id]);
      await settler.query("COMMIT");
      expect(await admission).toMatchObject({ ok: true, keyId });
    } finally {
      await Promise.all([rateHolder.end(), settler.end(), caller.$disconnect(), db.$disconnect()]);
    }
  });
});
