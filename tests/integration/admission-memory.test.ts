import { afterAll, describe, expect, test } from "vitest";
import type { Db } from "#lib/db/client.ts";
import { revokeKey } from "#lib/keys/store.ts";
import type { Admission, Call, Payer } from "#lib/usage/admission.ts";
import { admitBatch } from "#lib/usage/store/admission.ts";
import { createPayerMemory } from "#lib/usage/store/payer-memory.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { callOf, createPayer, generousLimits } from "#tests/support/metered-calls.ts";

/** A process of its own, as admission sees it, and whether it guessed right. */
function createProcess(db: Db) {
  const memory = createPayerMemory(() => performance.now());
  return {
    remembers: (payer: Payer) =>
      memory.recall([payer.kind === "key" ? payer.hash : payer.accountId]) !== null,
    async admit(payer: Payer, change: Partial<Call> = {}): Promise<Admission> {
      const [admission] = await admitBatch(db, [callOf(payer, change)], memory);
      if (!admission) throw new Error("No admission.");
      return admission;
    },
    admitAll: (payers: readonly Payer[], change: Partial<Call> = {}) =>
      admitBatch(
        db,
        payers.map((payer) => callOf(payer, change)),
        memory,
      ),
  };
}

const outcomeOf = (admission: Admission) => (admission.ok ? "admitted" : admission.reason);

describe.each(databases)("admission by memory on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  /** A payer of a paid account whose key a process has used and remembers. */
  async function usedPayer() {
    const { id } = await createTestAccount(db, { plan: "paid" });
    const { payer, keyId } = await createPayer(db, id);
    const process = createProcess(db);
    for (const _ of [1, 2]) expect(outcomeOf(await process.admit(payer))).toBe("admitted");
    expect(process.remembers(payer)).toBe(true);
    return { id, payer, keyId, process };
  }

  test("a remembered key is refused by the next call once it is revoked", async () => {
    const { id, payer, keyId, process } = await usedPayer();
    await revokeKey(db, id, keyId);
    expect(outcomeOf(await process.admit(payer))).toBe("invalid_key");
  });

  test("a remembered account that is disabled, or whose plan and budget change, is judged by what it is now", async () => {
    const { id, payer, process } = await usedPayer();
    await db.account.update({ where: { id }, data: { monthlyBudgetNanoUsd: 999n } });
    expect(outcomeOf(await process.admit(payer))).toBe("budget_exceeded");
    await db.account.update({ where: { id }, data: { monthlyBudgetNanoUsd: null, plan: "trial" } });
    const limits = { ...generousLimits, trialRequestsPerMinute: 2 };
    expect(outcomeOf(await process.admit(payer, { limits }))).toBe("rate_limited");
    await db.account.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(outcomeOf(await process.admit(payer))).toBe("invalid_key");
  });

  test("a limit of 40 lets exactly 40 through three processes that remember", async () => {
    const { payer, process } = await usedPayer();
    const processes = [process, createProcess(db), createProcess(db)];
    const limits = { ...generousLimits, paidRequestsPerMinute: 42 };
    const admissions = await Promise.all(
      processes.map(async (each) => {
        const outcomes: string[] = [];
        for (let call = 0; call < 25; call++) outcomes.push(outcomeOf(await each.admit(payer, { limits })));
        return outcomes;
      }),
    );
    expect(admissions.flat().filter((outcome) => outcome === "admitted")).toHaveLength(40);
    expect(admissions.flat().filter((outcome) => outcome === "rate_limited")).toHaveLength(35);
  });

  test("a batch by memory counts each of its calls and leaves a row of each", async () => {
    const { id, payer, process } = await usedPayer();
    const limits = { ...generousLimits, paidRequestsPerMinute: 10 };
    const admissions = await process.admitAll([payer, payer, payer], { limits });
    expect(admissions.map((each) => each.ok && each.rate.remaining)).toEqual([7, 6, 5]);
    const more = await process.admitAll(Array<Payer>(7).fill(payer), { limits });
    expect(more.map(outcomeOf)).toEqual([
      ...Array<string>(5).fill("admitted"),
      "rate_limited",
      "rate_limited",
    ]);
    expect(await db.request.count({ where: { accountId: id } })).toBe(10);
  });

  test("what another process moves is not guessed at for a while", async () => {
    const { payer, process } = await usedPayer();
    expect(outcomeOf(await createProcess(db).admit(payer))).toBe("admitted");
    expect(outcomeOf(await process.admit(payer))).toBe("admitted");
    expect(process.remembers(payer)).toBe(false);
  });
});
