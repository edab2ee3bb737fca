import { afterAll, describe, expect, test } from "vitest";
import type { Db } from "#lib/db/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { reconcile } from "#lib/usage/store/reconcile.ts";
import { beat, endProcess, registerProcess, settleAbandoned } from "#lib/usage/store/recovery.ts";
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

describe.each(databases)("recovery on $name", ({ url }) => {
  const db = openTestDb(url);
  const second = openTestDb(url);
  afterAll(() => Promise.all([db.$disconnect(), second.$disconnect()]));

  test("what a dead process left is settled exactly once by two sweepers", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id, { monthlyBudgetNanoUsd: budget });
    const [dead, gone, alive] = [newId("proc"), newId("proc"), newId("proc")];
    await registerProcess(db, dead);
    await db.process.update({ where: { id: dead }, data: { heartbeatAt: new Date(Date.now() - 60_000) } });
    await registerProcess(db, alive);
    const left: string[] = [];
    for (let index = 0; index < 30; index += 1) {
      left.push(await admitOne(db, payer, { processId: index % 2 ? dead : gone }));
    }
    const running = await admitOne(db, payer, { processId: alive });
    const sweeps = await Promise.all(
      [db, second, db, second].map((client) => settleAbandoned(client, { deadAfterMs: 20_000 })),
    );
    const mine = sweeps.flat().filter((settled) => settled.accountId === id);
    expect(mine.map((settled) => settled.requestId).sort()).toEqual(left.sort());
    expect(await settle(db, left[0] ?? "", outcomeOf())).toBeNull();
    expect(await getRequest(db, id, left[0] ?? "")).toMatchObject({
      status: "interrupted",
      estimated: true,
      costNanoUsd: 0n,
    });
    expect(await getRequest(db, id, running)).toMatchObject({ status: "reserved" });
    expect(await reconcile(db, id)).toMatchObject({
      agrees: true,
      rollUps: { requests: 30n, failures: 30n },
    });
    expect(await monthsOf(db, id)).toEqual([[expect.anything(), 0n, 1000n]]);
    await endProcess(db, alive);
    await settleAbandoned(db, { deadAfterMs: 20_000 });
    expect(await getRequest(db, id, running)).toMatchObject({ status: "interrupted" });
  });

  test("more than one batch is swept in one call", async () => {
    const { id } = await createTestAccount(db, { plan: "paid" });
    const processId = newId("proc");
    const data = Array.from({ length: 450 }, () => ({
      id: newId("req"),
      accountId: id,
      source: "chat" as const,
      model: "moonshot/kimi-k2.6",
      endpoint: "/v1/responses",
      stream: true,
      inputPrice: 950,
      cachedInputPrice: 95,
      outputPrice: 4000,
      processId,
    }));
    await db.request.createMany({ data });
    const settled = await settleAbandoned(db, { deadAfterMs: 20_000 });
    expect(settled.filter((one) => one.accountId === id)).toHaveLength(450);
    expect(await reconcile(db, id)).toMatchObject({ agrees: true, rollUps: { requests: 450n } });
  });

  test("a process that beats is alive by the injected clock, and dead when it falls silent", async () => {
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const processId = newId("proc");
    await registerProcess(db, processId);
    const requestId = await admitOne(db, payer, { processId });
    await beat(db, processId);
    const sweepAt = async (aheadMs: number) => {
      const now = new Date(Date.now() + aheadMs);
      const settled = await settleAbandoned(db, { now, deadAfterMs: 20_000 });
      return settled.map((one) => one.requestId);
    };
    expect(await sweepAt(10_000)).not.toContain(requestId);
    expect(await sweepAt(30_000)).toContain(requestId);
  });
});
