import { afterAll, describe, expect, test } from "vitest";
import type { Db } from "#lib/db/client.ts";
import { createMetering } from "#lib/gateway/metering.ts";
import { revokeKey } from "#lib/keys/store.ts";
import type { Admission, Call, Payer } from "#lib/usage/admission.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { callOf, createPayer, generousLimits, outcomeOf } from "#tests/support/metered-calls.ts";

/** A process of its own, as metering sees it. */
function createProcess(db: Db) {
  const { admit, settle } = createMetering(db);
  return { settle, admit: (payer: Payer, change: Partial<Call> = {}) => admit(callOf(payer, change)) };
}

const reasonOf = (admission: Admission) => (admission.ok ? "admitted" : admission.reason);

describe.each(databases)("metering on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  /** A payer of a paid account whose key a process has used and remembers. */
  async function usedPayer() {
    const { id } = await createTestAccount(db, { plan: "paid" });
    const { payer, keyId } = await createPayer(db, id);
    const process = createProcess(db);
    for (const _ of [1, 2]) expect(reasonOf(await process.admit(payer))).toBe("admitted");
    return { id, payer, keyId, process };
  }

  test("a remembered key is refused by the next call once it is revoked", async () => {
    const { id, payer, keyId, process } = await usedPayer();
    await revokeKey(db, id, keyId);
    expect(reasonOf(await process.admit(payer))).toBe("invalid_key");
  });

  test("a remembered account that is disabled, or whose plan and budget change, is judged by what it is now", async () => {
    const { id, payer, process } = await usedPayer();
    await db.account.update({ where: { id }, data: { monthlyBudgetNanoUsd: 999n } });
    expect(reasonOf(await process.admit(payer))).toBe("budget_exceeded");
    await db.account.update({ where: { id }, data: { monthlyBudgetNanoUsd: null, plan: "trial" } });
    const limits = { ...generousLimits, trialRequestsPerMinute: 2 };
    expect(reasonOf(await process.admit(payer, { limits }))).toBe("rate_limited");
    await db.account.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(reasonOf(await process.admit(payer))).toBe("invalid_key");
  });

  test("a limit of 40 lets exactly 40 through three processes that remember", async () => {
    const { payer, process } = await usedPayer();
    const processes = [process, createProcess(db), createProcess(db)];
    const limits = { ...generousLimits, paidRequestsPerMinute: 42 };
    const admissions = await Promise.all(
      processes.map(async (each) => {
        const outcomes: string[] = [];
        for (let call = 0; call < 25; call++) outcomes.push(reasonOf(await each.admit(payer, { limits })));
        return outcomes;
      }),
    );
    expect(admissions.flat().filter((outcome) => outcome === "admitted")).toHaveLength(40);
    expect(admissions.flat().filter((outcome) => outcome === "rate_limited")).toHaveLength(35);
  });

  test("a limit of 60 lets exactly 60 through that arrive one after the other, while others are under way", async () => {
    const { payer, process } = await usedPayer();
    const limits = { ...generousLimits, paidRequestsPerMinute: 62 };
    const admissions: Promise<Admission>[] = [];
    for (let call = 0; call < 90; call++) {
      admissions.push(process.admit(payer, { limits }));
      await new Promise((done) => setImmediate(done));
    }
    const outcomes = (await Promise.all(admissions)).map(reasonOf);
    expect(outcomes.filter((outcome) => outcome === "admitted")).toHaveLength(60);
    expect(outcomes.filter((outcome) => outcome === "rate_limited")).toHaveLength(30);
  });

  test("calls and endings that come together are each recorded, and settled once", async () => {
    const { id, payer, process } = await usedPayer();
    const limits = { ...generousLimits, paidRequestsPerMinute: 10 };
    const calls = Array.from({ length: 10 }, () => callOf(payer, { limits }));
    const running = await db.request.findMany({ where: { accountId: id } });
    const [admissions, settled] = await Promise.all([
      Promise.all(calls.map((call) => process.admit(payer, call))),
      Promise.all([...running, ...running].map((request) => process.settle(request.id, outcomeOf()))),
    ]);
    expect(admissions.filter((admission) => admission.ok)).toHaveLength(8);
    expect(settled.map((each) => each?.requestId ?? null)).toEqual([
      ...running.map((each) => each.id),
      null,
      null,
    ]);
    expect(settled[0]).toMatchObject({ accountId: id, costNanoUsd: 1_333_000n, usage: outcomeOf().usage });
    const spent = await db.budgetMonth.findMany({ where: { holderId: id } });
    expect(spent.map((month) => month.spentNanoUsd)).toEqual([2_666_000n]);
    expect(await db.request.count({ where: { accountId: id, status: "reserved" } })).toBe(8);
  });

  test("one that cannot be recorded does not fail the others", async () => {
    const { payer, process } = await usedPayer();
    const [good, bad, other] = [callOf(payer), callOf(payer, { tag: "\0" }), callOf(payer)];
    const admitted = await Promise.allSettled([good, bad, other].map((call) => process.admit(payer, call)));
    expect(admitted.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const settled = await Promise.allSettled([
      process.settle(good.requestId, outcomeOf({ finishReason: "\0" })),
      process.settle(other.requestId, outcomeOf()),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  });
});
