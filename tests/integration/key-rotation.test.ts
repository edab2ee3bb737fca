import { afterAll, describe, expect, test } from "vitest";
import type { Db } from "#lib/db/client.ts";
import { hashKey } from "#lib/keys/key-format.ts";
import { rotateKey } from "#lib/keys/store/rotation.ts";
import {
  createKey,
  findLiveKey,
  listKeys,
  MAX_KEYS,
  type NewKey,
  revokeKey,
  updateKey,
} from "#lib/keys/store.ts";
import type { Payer } from "#lib/usage/admission.ts";
import { admit } from "#lib/usage/store/admission.ts";
import { getAllowances } from "#lib/usage/store/allowances.ts";
import { reconcile } from "#lib/usage/store/reconcile.ts";
import { settle } from "#lib/usage/store/settlement.ts";
import { createTestAccount, databases, openTestDb, postgresUrl } from "#tests/support/databases.ts";
import { callOf, generousLimits, outcomeOf } from "#tests/support/metered-calls.ts";

const payerOf = (secret: string): Payer => ({ kind: "key", hash: hashKey(secret) });

async function rotated(db: Db, accountId: string, keyId: string) {
  const made = await rotateKey(db, accountId, keyId);
  if (!made) throw new Error("There is no such key.");
  return made;
}

async function newKey(db: Db, change: Partial<NewKey> = {}) {
  const { id: accountId } = await createTestAccount(db);
  const { key, secret } = await createKey(db, accountId, { name: "app", ...change });
  return { accountId, key, secret };
}

describe.each(databases)("rotation on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  const isAdmitted = async (secret: string) => (await admit(db, callOf(payerOf(secret)))).ok;
  const actionsOf = async (accountId: string) => {
    const events = await db.auditEvent.findMany({ where: { accountId }, orderBy: { id: "asc" } });
    return events.map(({ action, targetId }) => [action, targetId]);
  };

  test("a key that is switched off gets a successor that works, and never works itself again", async () => {
    const { accountId, key, secret } = await newKey(db, {
      monthlyBudgetNanoUsd: 10n ** 12n,
      budgetMode: "warn",
    });
    await updateKey(db, accountId, key.id, { disabled: true });
    const made = await rotateKey(db, accountId, key.id);
    expect(made?.key).toMatchObject({ disabledAt: null, budgetMode: "warn" });
    expect(await admit(db, callOf({ kind: "key", hash: hashKey(secret) }))).toMatchObject({
      reason: "key_disabled",
    });
    expect(await admit(db, callOf({ kind: "key", hash: hashKey(made?.secret ?? "") }))).toMatchObject({
      ok: true,
    });
    expect(await admit(db, callOf({ kind: "key", hash: hashKey(secret) }))).toMatchObject({
      reason: "invalid_key",
    });
  });

  test("both keys work until the new one is first used; then the old one does not", async () => {
    const { accountId, key, secret } = await newKey(db);
    const made = await rotated(db, accountId, key.id);
    expect(made.key).toMatchObject({ name: "app", replacesKeyId: key.id, lastUsedAt: null });
    expect(await isAdmitted(secret)).toBe(true);
    expect(await isAdmitted(secret)).toBe(true);
    expect(await isAdmitted(made.secret)).toBe(true);
    expect(await admit(db, callOf(payerOf(secret)))).toEqual({ ok: false, reason: "invalid_key" });
    expect(await findLiveKey(db, hashKey(secret), new Date())).toBeNull();
    expect(await isAdmitted(made.secret)).toBe(true);
    const actions = await actionsOf(accountId);
    expect(actions.toSorted()).toEqual(
      [
        ["key.created", key.id],
        ["key.created", made.key.id],
        ["key.replaced", key.id],
        ["key.rotated", key.id],
      ].toSorted(),
    );
  });

  test("a refused call with the new key ends nothing", async () => {
    const { accountId, key, secret } = await newKey(db, { modelPatterns: ["moonshot/*"] });
    const made = await rotated(db, accountId, key.id);
    const refused = await admit(db, callOf(payerOf(made.secret), { model: "other/model" }));
    expect(refused).toEqual({ ok: false, reason: "scope_exceeded" });
    expect(await isAdmitted(secret)).toBe(true);
  });

  test("the new key may do what the old one may, and no more: limits are counted together", async () => {
    const scope = {
      modelPatterns: ["moonshot/*"],
      requestsPerMinute: 5,
      monthlyBudgetNanoUsd: 10_000n,
      expiresAt: new Date(Date.now() + 3_600_000),
    };
    const { accountId, key, secret } = await newKey(db, scope);
    for (let call = 0; call < 2; call += 1) expect(await isAdmitted(secret)).toBe(true);
    const made = await rotated(db, accountId, key.id);
    expect(made.key).toMatchObject(scope);
    const admission = await admit(db, callOf(payerOf(made.secret)));
    expect(admission).toMatchObject({ ok: true, rate: { limit: 5, remaining: 2 } });
    const options = { limits: generousLimits, now: new Date() };
    expect(await getAllowances(db, accountId, made.key.id, options)).toMatchObject({
      rate: { limit: 5, remaining: 2 },
      keyBudget: { limitNanoUsd: 10_000n, spentNanoUsd: 0n, reservedNanoUsd: 3000n },
    });
    const again = await rotated(db, accountId, made.key.id);
    const expensive = callOf(payerOf(again.secret), { reserveNanoUsd: 7001n });
    expect(await admit(db, expensive)).toMatchObject({ ok: false, reason: "budget_exceeded" });
    expect(await isAdmitted(again.secret)).toBe(true);
  });

  test("rows, roll-ups and months agree across a rotation", async () => {
    const { accountId, key, secret } = await newKey(db, { monthlyBudgetNanoUsd: 10n ** 12n });
    const before = callOf(payerOf(secret));
    await admit(db, before);
    const made = await rotated(db, accountId, key.id);
    const after = callOf(payerOf(made.secret));
    await admit(db, after);
    for (const { requestId } of [before, after]) await settle(db, requestId, outcomeOf());
    expect(await reconcile(db, accountId)).toMatchObject({ agrees: true, months: [], quarters: [] });
    const options = { limits: generousLimits, now: new Date() };
    expect(await getAllowances(db, accountId, made.key.id, options)).toMatchObject({
      keyBudget: { spentNanoUsd: 2_666_000n, reservedNanoUsd: 0n },
    });
  });

  test("rotating again takes back the key that was not used", async () => {
    const { accountId, key, secret } = await newKey(db);
    const lost = await rotated(db, accountId, key.id);
    const made = await rotated(db, accountId, key.id);
    expect(await isAdmitted(lost.secret)).toBe(false);
    expect(await isAdmitted(secret)).toBe(true);
    expect(await isAdmitted(made.secret)).toBe(true);
    expect(await isAdmitted(secret)).toBe(false);
    expect(await actionsOf(accountId)).toContainEqual(["key.revoked", lost.key.id]);
  });

  test("only a key in force and in use can be rotated, and only by its account", async () => {
    const { accountId, key } = await newKey(db);
    const stranger = await createTestAccount(db);
    expect(await rotateKey(db, stranger.id, key.id)).toBeNull();
    expect(await rotateKey(db, accountId, "key_none")).toBeNull();
    const made = await rotated(db, accountId, key.id);
    await expect(rotateKey(db, accountId, made.key.id)).rejects.toMatchObject({ code: "invalid_request" });
    await revokeKey(db, accountId, key.id);
    const next = await rotated(db, accountId, made.key.id);
    expect(await isAdmitted(made.secret)).toBe(true);
    expect(await isAdmitted(next.secret)).toBe(true);
    await expect(rotateKey(db, accountId, key.id)).rejects.toMatchObject({ code: "invalid_request" });
  });

  test("an account with as many keys as it can have can still rotate them", async () => {
    const { accountId, key } = await newKey(db);
    await db.key.createMany({
      data: Array.from({ length: MAX_KEYS - 1 }, (_, index) => ({
        id: `key_${accountId}_${index}`,
        accountId,
        name: "many",
        hash: `${accountId}_${index}`,
        start: "sk-aig-00000",
      })),
    });
    const made = await rotated(db, accountId, key.id);
    expect(await isAdmitted(made.secret)).toBe(true);
    expect((await listKeys(db, accountId)).filter((row) => row.revokedAt === null)).toHaveLength(MAX_KEYS);
  });

  test("used at once, old and new never leave the account without a key that works", async () => {
    const { accountId, key, secret } = await newKey(db);
    const made = await rotated(db, accountId, key.id);
    const calls = Array.from({ length: 30 }, (_, index) => isAdmitted(index % 2 ? secret : made.secret));
    const admitted = await Promise.all(calls);
    expect(admitted.filter((_, index) => index % 2 === 0)).toEqual(Array(15).fill(true));
    expect(await isAdmitted(made.secret)).toBe(true);
    expect(await isAdmitted(secret)).toBe(false);
  });

  test("a first use that meets another rotation leaves one of the keys in force", async () => {
    for (let round = 0; round < 15; round += 1) {
      const { accountId, key, secret } = await newKey(db);
      const made = await rotated(db, accountId, key.id);
      const [again] = await Promise.allSettled([
        rotateKey(db, accountId, key.id),
        admit(db, callOf(payerOf(made.secret))),
      ]);
      const [oldWorks, newWorks] = [await isAdmitted(secret), await isAdmitted(made.secret)];
      // Either the use came first, and the rotation was refused, or the rotation did, and took the key back.
      expect([oldWorks, newWorks]).toEqual(again.status === "rejected" ? [false, true] : [true, false]);
      if (again.status === "rejected") expect(again.reason).toMatchObject({ code: "invalid_request" });
    }
  });
});

describe("rotation by several processes", () => {
  test("two client pools let through what the budget of a line of keys holds, and no more", async () => {
    const dbs = [openTestDb(postgresUrl()), openTestDb(postgresUrl())] as const;
    try {
      const { accountId, key, secret } = await newKey(dbs[0], { monthlyBudgetNanoUsd: 37_500n });
      const made = await rotated(dbs[0], accountId, key.id);
      expect((await admit(dbs[0], callOf(payerOf(secret)))).ok).toBe(true);
      const calls = Array.from({ length: 200 }, (_, index) =>
        admit(dbs[index % 2 ? 1 : 0], callOf(payerOf(made.secret))),
      );
      expect((await Promise.all(calls)).filter(({ ok }) => ok)).toHaveLength(36);
      expect(await dbs[0].budgetMonth.findMany({ where: { holderId: key.id } })).toMatchObject([
        { reservedNanoUsd: 37_000n },
      ]);
    } finally {
      await Promise.all(dbs.map((db) => db.$disconnect()));
    }
  });
});
