import { afterAll, describe, expect, test } from "vitest";
import { runReconciliation } from "#lib/admin/reconcile/run.ts";
import { reconcile } from "#lib/usage/store/reconcile.ts";
import { dropOldRequests, getKeptFrom } from "#lib/usage/store/retention.ts";
import { settle } from "#lib/usage/store/settlement.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { admitOne, createPayer, outcomeOf } from "#tests/support/metered-calls.ts";

const dayMs = 86_400_000;
const now = new Date("2026-02-20T15:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);

describe.each(databases)("dropping old requests on $name", ({ url }) => {
  const db = openTestDb(url);
  const second = openTestDb(url);
  afterAll(() => Promise.all([db.$disconnect(), second.$disconnect()]));

  async function dropAll(keepDays: number) {
    for (;;) {
      const steps = await Promise.all([db, second].map((each) => dropOldRequests(each, { keepDays, now })));
      if (!steps.some(({ kind }) => kind === "moved" || kind === "busy")) return steps;
    }
  }

  test("whole days go by age and by two processes at once, roll-ups and budgets stay, and all still agrees", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    for (const days of [45, 31, 30, 1]) {
      await settle(db, await admitOne(db, payer, { now: daysAgo(days) }), outcomeOf());
    }
    const running = await admitOne(db, payer, { now: daysAgo(40) });
    const before = await db.usageQuarter.findMany({ where: { accountId: id }, orderBy: { quarter: "asc" } });
    await dropAll(30);
    const left = await db.request.findMany({ where: { accountId: id }, orderBy: { createdAt: "asc" } });
    expect(left.map(({ createdAt }) => createdAt)).toEqual([daysAgo(40), daysAgo(30), daysAgo(1)]);
    expect(await db.usageQuarter.findMany({ where: { accountId: id }, orderBy: { quarter: "asc" } })).toEqual(
      before,
    );
    expect((await getKeptFrom(db))?.getTime()).toBeLessThanOrEqual(Date.parse("2026-01-21T00:00:00Z"));
    expect(await reconcile(db, id)).toMatchObject({ agrees: true });

    await settle(db, running, outcomeOf());
    await dropAll(30);
    expect(await db.request.count({ where: { accountId: id } })).toBe(2);
    expect(await reconcile(db, id)).toMatchObject({ agrees: true });
  });

  test("a day whose roll-ups are not its sum is kept, until a repair has set them right", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    await settle(db, await admitOne(db, payer, { now: daysAgo(20) }), outcomeOf());
    await db.usageQuarter.updateMany({ where: { accountId: id }, data: { costNanoUsd: { increment: 1n } } });
    expect((await dropAll(10)).some(({ kind }) => kind === "kept")).toBe(true);
    expect(await db.request.count({ where: { accountId: id } })).toBe(1);
    await runReconciliation(db, { repair: true });
    await dropAll(10);
    expect(await db.request.count({ where: { accountId: id } })).toBe(0);
    expect(await db.usageQuarter.findFirst({ where: { accountId: id } })).toMatchObject({
      costNanoUsd: 1_333_000n,
    });
  });
});
