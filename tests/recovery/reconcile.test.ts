import { afterAll, describe, expect, test } from "vitest";
import { runReconciliation } from "#lib/admin/reconcile/run.ts";
import { startReconciliation } from "#lib/admin/reconcile/start.ts";
import { getReconciliation, listReconciliations } from "#lib/admin/store/reconciliations.ts";
import type { Db } from "#lib/db/client.ts";
import { makeBlocks } from "#lib/usage/store/blocks.ts";
import { settle } from "#lib/usage/store/settlement.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { admitOne, createPayer, outcomeOf } from "#tests/support/metered-calls.ts";

const log = { error: () => undefined };
const dayMs = 86_400_000;
const today = Math.floor(Date.now() / dayMs) * dayMs;
const dayAgo = (days: number) => new Date(today - days * dayMs);
const days = [4, 3, 2].map((ago) => new Date(dayAgo(ago).getTime() + 43_627_000));

describe.each(databases)("reconciling an installation on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  async function usedOnThreeDays(db: Db) {
    const { id } = await createTestAccount(db);
    const { keyId, payer } = await createPayer(db, id);
    for (const now of days) {
      for (let call = 0; call < 3; call += 1)
        await settle(db, await admitOne(db, payer, { now }), outcomeOf());
    }
    while ((await makeBlocks(db, new Date())).moved);
    return { id, keyId, payer };
  }

  test("finds nothing where all agrees, then a drift of each kind, and sets all of it right from the requests", async () => {
    const others = await runReconciliation(db, { repair: false });
    const { id, keyId, payer } = await usedOnThreeDays(db);
    await admitOne(db, payer);
    const before = await db.usageQuarter.findMany({ where: { accountId: id }, orderBy: { quarter: "asc" } });
    const clean = await runReconciliation(db, { repair: false });
    expect(clean).toMatchObject({
      requests: (BigInt(others.requests) + 9n).toString(),
      costNanoUsd: (BigInt(others.costNanoUsd) + 9n * 1_333_000n).toString(),
      quarters: { found: 0 },
      blocks: { found: 0 },
      months: { found: 0 },
      quotas: { found: 0 },
    });

    await db.usageQuarter.deleteMany({ where: { accountId: id, quarter: before[0]?.quarter ?? new Date() } });
    await db.usageQuarter.updateMany({
      where: { accountId: id, quarter: before[1]?.quarter ?? new Date() },
      data: { costNanoUsd: { increment: 1n }, totalTimes: [] },
    });
    await db.$executeRaw`UPDATE usage_blocks SET cost_nano_usd = cost_nano_usd + 5 WHERE level = 'account-1d'
      AND account_id = ${id} AND starts_at = ${dayAgo(2)}::timestamptz`;
    await db.budgetMonth.deleteMany({ where: { holderId: keyId } });
    await db.budgetMonth.updateMany({
      where: { holderId: id },
      data: { reservedNanoUsd: { increment: 7n } },
    });
    await db.dailyQuota.updateMany({
      where: { accountId: id, day: dayAgo(3) },
      data: { used: 8 },
    });

    const drifted = await runReconciliation(db, { repair: false });
    expect([drifted.quarters.found, drifted.quotas.found]).toEqual([2, 1]);
    expect(drifted.blocks.found).toBeGreaterThan(0);
    expect(drifted.months.found).toBeGreaterThan(1);
    expect(drifted.quarters.examples).toContainEqual(
      expect.objectContaining({ rows: "3999000", stored: "3999001" }),
    );

    const repaired = await runReconciliation(db, { repair: true });
    expect(repaired.quarters).toMatchObject({ found: 2, repaired: 2 });
    while ((await makeBlocks(db, new Date())).moved);
    const after = await runReconciliation(db, { repair: false });
    expect([after.quarters, after.blocks, after.months, after.quotas].map(({ found }) => found)).toEqual([
      0, 0, 0, 0,
    ]);
    const restored = await db.usageQuarter.findMany({
      where: { accountId: id },
      orderBy: { quarter: "asc" },
    });
    expect(restored.map(({ totalTimes: _, firstTokenTimes: __, ...sums }) => sums)).toEqual(
      before.map(({ totalTimes: _, firstTokenTimes: __, ...sums }) => sums),
    );
  });

  test("calls that are admitted and settled while it repairs are neither held up for long nor miscounted", async () => {
    const { id, payer } = await usedOnThreeDays(db);
    await db.usageQuarter.updateMany({ where: { accountId: id }, data: { costNanoUsd: { increment: 3n } } });
    const traffic = Promise.all(
      Array.from({ length: 40 }, async () => settle(db, await admitOne(db, payer), outcomeOf())),
    );
    await runReconciliation(db, { repair: true });
    await traffic;
    while ((await makeBlocks(db, new Date())).moved);
    const after = await runReconciliation(db, { repair: false });
    expect([after.quarters, after.months, after.quotas].map(({ found }) => found)).toEqual([0, 0, 0]);
  });

  test("one run goes on at a time, tells how far it is, and stands in the list and the audit", async () => {
    const { id: actorId } = await createTestAccount(db);
    const options = { actorId, processId: "proc_test", repair: true, log };
    const [one, two] = await Promise.all([
      startReconciliation(db, options),
      startReconciliation(db, options),
    ]);
    const started = one ?? two;
    expect([one, two].filter(Boolean)).toHaveLength(1);
    await started?.ended;
    const run = await getReconciliation(db, started?.id ?? "", new Date());
    expect(run).toMatchObject({ state: "done", right: true, failure: null });
    expect(run?.doneSteps).toBe(run?.totalSteps);
    expect((await listReconciliations(db, new Date()))[0]?.id).toBe(started?.id);
    const audit = await db.auditEvent.findMany({ where: { accountId: actorId }, orderBy: { id: "asc" } });
    expect(audit.map(({ action }) => action)).toEqual(["usage.repair_started", "usage.repaired"]);
  });
});
