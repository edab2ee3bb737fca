import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Db } from "#lib/db/client.ts";
import { newId } from "#lib/ops/ids.ts";
import type { Payer } from "#lib/usage/admission.ts";
import { costOf } from "#lib/usage/cost.ts";
import type { SettledStatus } from "#lib/usage/settlement.ts";
import { reconcile } from "#lib/usage/store/reconcile.ts";
import { getRequest } from "#lib/usage/store/requests.ts";
import { settle } from "#lib/usage/store/settlement.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { admitOne, createPayer, outcomeOf } from "#tests/support/metered-calls.ts";

const budget = 1_000_000_000_000n;

async function monthsOf(db: Db, holderId: string) {
  const months = await db.budgetMonth.findMany({ where: { holderId }, orderBy: { month: "asc" } });
  return months.map((month) => [
    month.month.toISOString().slice(0, 10),
    month.spentNanoUsd,
    month.reservedNanoUsd,
  ]);
}

describe.each(databases)("settlement on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  test("records tokens, cost, timings and the quarter of a request", async () => {
    const { id } = await createTestAccount(db);
    const { keyId, payer } = await createPayer(db, id, { monthlyBudgetNanoUsd: budget });
    const now = new Date("2026-01-31T23:59:59.999Z");
    const requestId = await admitOne(db, payer, { now, reserveNanoUsd: 5_000_000n });
    expect(await monthsOf(db, keyId)).toEqual([["2026-01-01", 0n, 5_000_000n]]);
    const settled = await settle(db, requestId, outcomeOf());
    expect(settled).toEqual({
      requestId,
      accountId: id,
      keyId,
      usage: { promptTokens: 500, cachedTokens: 400, completionTokens: 300, reasoningTokens: 100 },
      costNanoUsd: 1_333_000n,
    });
    expect(await getRequest(db, id, requestId)).toMatchObject({
      status: "succeeded",
      finishReason: "stop",
      httpStatus: 200,
      upstream: "test",
      attempts: 1,
      costNanoUsd: 1_333_000n,
      timeToFirstTokenMs: 12,
      totalMs: 100,
      createdAt: now,
      settledAt: expect.any(Date),
    });
    expect(await db.usageQuarter.findMany({ where: { accountId: id } })).toEqual([
      {
        tag: "",
        accountId: id,
        subject: keyId,
        model: "moonshot/kimi-k2.6",
        quarter: new Date("2026-01-31T23:45:00Z"),
        source: "api",
        status: "succeeded",
        errorCode: "",
        requests: 1,
        estimated: 0,
        promptTokens: 500n,
        cachedTokens: 400n,
        completionTokens: 300n,
        reasoningTokens: 100n,
        costNanoUsd: 1_333_000n,
        savedNanoUsd: 400n * 855n,
        firstTokenTimes: [128n],
        totalTimes: [128n + 11n],
      },
    ]);
    expect(await monthsOf(db, keyId)).toEqual([["2026-01-01", 1_333_000n, 0n]]);
    expect(await monthsOf(db, id)).toEqual([["2026-01-01", 1_333_000n, 0n]]);
  });

  test("of 20 parallel settlements of one request exactly one counts", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id, { monthlyBudgetNanoUsd: budget });
    const requestId = await admitOne(db, payer);
    const settled = await Promise.all(Array.from({ length: 20 }, () => settle(db, requestId, outcomeOf())));
    expect(settled.filter((result) => result !== null)).toHaveLength(1);
    expect(await settle(db, requestId, outcomeOf({ status: "failed" }))).toBeNull();
    expect(await getRequest(db, id, requestId)).toMatchObject({ status: "succeeded" });
    expect(await monthsOf(db, id)).toEqual([[expect.anything(), 1_333_000n, 0n]]);
    expect(await reconcile(db, id)).toMatchObject({
      agrees: true,
      rollUps: { requests: 1n, costNanoUsd: 1_333_000n },
    });
  });

  test("an unknown request settles nothing", async () => {
    expect(await settle(db, newId("req"), outcomeOf())).toBeNull();
  });

  test("without usage a request costs nothing and gives its reserve back", async () => {
    const { id } = await createTestAccount(db);
    await db.account.update({ where: { id }, data: { monthlyBudgetNanoUsd: 1000n } });
    const payer: Payer = { kind: "account", accountId: id };
    const failed = outcomeOf({ status: "failed", usage: null, httpStatus: 502, errorCode: "upstream_error" });
    for (let turn = 0; turn < 3; turn += 1) {
      const requestId = await admitOne(db, payer);
      expect(await settle(db, requestId, failed)).toMatchObject({ costNanoUsd: 0n, keyId: null });
    }
    expect(await monthsOf(db, id)).toEqual([[expect.anything(), 0n, 0n]]);
    const quarters = await db.usageQuarter.findMany({ where: { accountId: id } });
    expect(quarters.reduce((sum, { requests }) => sum + requests, 0)).toBe(3);
    for (const quarter of quarters) {
      expect(quarter).toMatchObject({
        subject: "chat",
        source: "chat",
        status: "failed",
        errorCode: "upstream_error",
      });
    }
  });

  test("token counts no column can hold are cut, not left unsettled", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const usage = { promptTokens: 2 ** 50, cachedTokens: 0, completionTokens: 2 ** 50, reasoningTokens: 0 };
    const settled = await settle(db, await admitOne(db, payer), outcomeOf({ usage }));
    expect(settled?.usage.promptTokens).toBe(2 ** 31 - 1);
    expect(settled?.costNanoUsd).toBe((2n ** 31n - 1n) * 4950n);
  });

  test("after any traffic rows, roll-ups and months agree, and each cost is costOf", {
    timeout: 120_000,
  }, async () => {
    const status = fc.constantFrom<SettledStatus>("succeeded", "failed", "aborted", "interrupted");
    const tokens = fc.nat(250_000);
    const usage = fc.option(
      fc
        .record({
          promptTokens: tokens,
          cached: fc.nat(100),
          completionTokens: tokens,
          reasoning: fc.nat(100),
        })
        .map(({ promptTokens, cached, completionTokens, reasoning }) => ({
          promptTokens,
          cachedTokens: Math.floor((promptTokens * cached) / 100),
          completionTokens,
          reasoningTokens: Math.floor((completionTokens * reasoning) / 100),
        })),
    );
    const price = fc.nat(100_000);
    const aCall = fc.record({
      payer: fc.nat(2),
      minute: fc.nat(60 * 24 * 40),
      prices: fc.record({ inputNanoUsd: price, cachedInputNanoUsd: price, outputNanoUsd: price }),
      status,
      usage,
      left: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(aCall, { minLength: 1, maxLength: 25 }), async (calls) => {
        const { id } = await createTestAccount(db);
        const payers: Payer[] = [
          (await createPayer(db, id, { monthlyBudgetNanoUsd: budget })).payer,
          (await createPayer(db, id)).payer,
          { kind: "account", accountId: id },
        ];
        let expected = 0n;
        await Promise.all(
          calls.map(async (call) => {
            const payer = payers[call.payer];
            if (!payer) throw new Error("No payer.");
            const now = new Date(Date.UTC(2026, 0, 10) + call.minute * 60_000);
            const requestId = await admitOne(db, payer, { now, prices: call.prices });
            if (call.left) return;
            const settled = await settle(
              db,
              requestId,
              outcomeOf({ status: call.status, usage: call.usage }),
            );
            const cost = call.usage === null ? 0n : costOf(call.usage, call.prices);
            expect(settled?.costNanoUsd).toBe(cost);
            expected += cost;
          }),
        );
        const found = await reconcile(db, id);
        expect(found).toMatchObject({ agrees: true, quarters: [], months: [] });
        expect(found.rows).toEqual(found.rollUps);
        expect(found.rollUps.costNanoUsd).toBe(expected);
        expect(found.rollUps.requests).toBe(BigInt(calls.filter((call) => !call.left).length));
      }),
      { numRuns: 12 },
    );
  });

  test("the latencies of many requests in one quarter are kept in a short list", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const now = new Date("2026-02-01T10:05:00Z");
    const requestIds = await Promise.all(Array.from({ length: 150 }, () => admitOne(db, payer, { now })));
    for (const [index, requestId] of requestIds.entries()) {
      await settle(
        db,
        requestId,
        outcomeOf({ totalMs: index % 3 === 0 ? 100 : 5000, timeToFirstTokenMs: null }),
      );
    }
    const [quarter] = await db.usageQuarter.findMany({ where: { accountId: id } });
    expect(quarter).toMatchObject({ requests: 150, firstTokenTimes: [] });
    expect(quarter?.totalTimes.length).toBeLessThan(100);
    expect(await reconcile(db, id)).toMatchObject({ agrees: true });
  });

  test("reconciling finds a roll-up and a month that were tampered with", async () => {
    const { id } = await createTestAccount(db);
    const { keyId, payer } = await createPayer(db, id);
    await settle(db, await admitOne(db, payer), outcomeOf());
    await db.usageQuarter.updateMany({ where: { accountId: id }, data: { costNanoUsd: { increment: 1n } } });
    await db.budgetMonth.updateMany({ where: { holderId: keyId }, data: { reservedNanoUsd: 7n } });
    const found = await reconcile(db, id);
    expect(found.agrees).toBe(false);
    expect(found.quarters).toMatchObject([
      {
        accountId: id,
        subject: keyId,
        rows: { costNanoUsd: 1_333_000n },
        rollUp: { costNanoUsd: 1_333_001n },
      },
    ]);
    expect(found.months).toMatchObject([
      { holderId: keyId, rows: { reservedNanoUsd: 0n }, stored: { reservedNanoUsd: 7n } },
    ]);
    const all = await reconcile(db);
    expect(all.quarters).toContainEqual(found.quarters[0]);
  });
});
