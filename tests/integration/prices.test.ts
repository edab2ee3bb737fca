import { afterAll, describe, expect, test } from "vitest";
import { kimiK26 } from "#lib/models/kimi-k2.6.ts";
import { pricesAt } from "#lib/models/price-periods.ts";
import { newId } from "#lib/ops/ids.ts";
import { priceLeadMs } from "#lib/usage/price-book.ts";
import { listPrices, setPrice, withdrawPrice } from "#lib/usage/store/prices.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";

const prices = { inputNanoUsd: 1, cachedInputNanoUsd: 0, outputNanoUsd: 2 };
const inAnHour = () => new Date(Date.now() + 3_600_000);

describe.each(databases)("prices on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());
  // Prices are the installation's: no other test may be charged by these.
  const newModel = () => ({ ...kimiK26, id: `test/${newId("prc")}` });
  const newActor = async () => ({ ...(await createTestAccount(db)), address: "10.0.0.9" });

  test("are set for the future only, one a moment, each with its audit", async () => {
    const actor = await newActor();
    const { id: model } = newModel();
    const effectiveAt = inAnHour();
    expect(await setPrice(db, actor, { model, prices, effectiveAt })).toEqual({ ok: true, effectiveAt });
    expect(await setPrice(db, actor, { model, prices, effectiveAt })).toEqual({ ok: false, reason: "taken" });
    for (const aheadMs of [-3_600_000, 0, priceLeadMs - 500]) {
      const soon = new Date(Date.now() + aheadMs);
      expect(await setPrice(db, actor, { model, prices, effectiveAt: soon })).toEqual({
        ok: false,
        reason: "too_soon",
      });
    }
    const audit = await db.auditEvent.findMany({ where: { accountId: actor.id } });
    expect(audit).toMatchObject([{ action: "price.set", change: { after: { model, inputNanoUsd: 1 } } }]);
  });

  test("set at once come into force when every process knows them, and never change again", async () => {
    const actor = await newActor();
    const model = newModel();
    const before = Date.now();
    const set = await setPrice(db, actor, { model: model.id, prices, effectiveAt: null });
    if (!set.ok) throw new Error(set.reason);
    expect(set.effectiveAt.getTime()).toBeGreaterThanOrEqual(before + priceLeadMs - 50);
    const periods = await listPrices(db);
    expect(pricesAt(model, periods, new Date(set.effectiveAt.getTime() - 1))).toEqual(kimiK26.prices);
    expect(pricesAt(model, periods, set.effectiveAt)).toEqual(prices);

    const id = newId("prc");
    await db.modelPrice.create({
      data: { id, model: model.id, ...prices, effectiveAt: new Date(before - 1_000), createdBy: actor.id },
    });
    await expect(db.modelPrice.delete({ where: { id } })).rejects.toThrow();
    await expect(db.modelPrice.update({ where: { id }, data: { outputNanoUsd: 3 } })).rejects.toThrow();
    expect(await withdrawPrice(db, actor, id)).toBe(false);
  });

  test("that are to come can be withdrawn, once", async () => {
    const actor = await newActor();
    const { id: model } = newModel();
    await setPrice(db, actor, { model, prices, effectiveAt: inAnHour() });
    const id = (await listPrices(db)).find((price) => price.model === model)?.id ?? "";
    expect(await withdrawPrice(db, actor, id)).toBe(true);
    expect(await withdrawPrice(db, actor, id)).toBe(false);
    expect((await listPrices(db)).some((price) => price.model === model)).toBe(false);
  });
});
