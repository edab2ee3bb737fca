import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { createMetering } from "#lib/gateway/metering.ts";
import { hashKey, isWellFormedKey, keyStart } from "#lib/keys/key-format.ts";
import { isModelAllowed } from "#lib/keys/scope.ts";
import { createKey, listKeys, MAX_KEYS, revokeKey, updateKey } from "#lib/keys/store.ts";
import { admit } from "#lib/usage/store/admission.ts";
import { getAllowances, listKeyRates } from "#lib/usage/store/allowances.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { callOf, createPayer, generousLimits } from "#tests/support/metered-calls.ts";

describe.each(databases)("keys on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  test("the secret is given once and kept only as its hash", async () => {
    const { id } = await createTestAccount(db);
    const { key, secret } = await createKey(db, id, { name: "first" });
    expect(isWellFormedKey(secret)).toBe(true);
    const row = await db.key.findUniqueOrThrow({ where: { id: key.id } });
    expect(row).toMatchObject({ accountId: id, hash: hashKey(secret), start: keyStart(secret) });
    expect(JSON.stringify(row)).not.toContain(secret.slice(12));
    expect(await listKeys(db, id)).toEqual([key]);
    expect(key).not.toHaveProperty("hash");
  });

  test("living keys are listed first, newest first, then the revoked", async () => {
    const { id } = await createTestAccount(db);
    const names = ["a", "b", "c", "d"];
    const ids: string[] = [];
    for (const name of names) ids.push((await createKey(db, id, { name })).key.id);
    await revokeKey(db, id, ids[3] ?? "");
    await revokeKey(db, id, ids[1] ?? "");
    expect((await listKeys(db, id)).map((key) => key.name)).toEqual(["c", "a", "b", "d"]);
  });

  test("an account has at most 100 living keys, also when they are made in parallel", async () => {
    const { id } = await createTestAccount(db);
    const data = Array.from({ length: MAX_KEYS - 5 }, (_, index) => ({
      id: `key_${id}_${index}`,
      accountId: id,
      name: "many",
      hash: `${id}_${index}`,
      start: "sk-aig-00000",
    }));
    await db.key.createMany({ data });
    const made = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => createKey(db, id, { name: `more ${index}` })),
    );
    expect(made.filter((result) => result.status === "fulfilled")).toHaveLength(5);
    const refused = made.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    for (const error of refused) expect(error).toMatchObject({ name: "ApiError", code: "invalid_request" });
    await revokeKey(db, id, `key_${id}_0`);
    await createKey(db, id, { name: "in its place" });
    await expect(createKey(db, id, { name: "one too many" })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  test("a revoked key is refused from the next request on", async () => {
    const { id } = await createTestAccount(db);
    const { keyId, payer } = await createPayer(db, id);
    expect(await admit(db, callOf(payer))).toMatchObject({ ok: true });
    expect(await revokeKey(db, id, keyId)).toMatchObject({ id: keyId, revokedAt: expect.any(Date) });
    expect(await admit(db, callOf(payer))).toEqual({ ok: false, reason: "invalid_key" });
  });

  test("a key's limits are changed for its next request, and what is left out stays", async () => {
    const { id } = await createTestAccount(db);
    const { keyId, payer } = await createPayer(db, id, { requestsPerMinute: 9 });
    expect(await updateKey(db, id, keyId, { modelPatterns: ["other/*"] })).toMatchObject({
      name: "test",
      modelPatterns: ["other/*"],
      requestsPerMinute: 9,
    });
    expect(await admit(db, callOf(payer))).toMatchObject({ ok: false, reason: "scope_exceeded" });
    await updateKey(db, id, keyId, { modelPatterns: [], requestsPerMinute: 1 });
    expect(await admit(db, callOf(payer))).toMatchObject({ ok: true, rate: { limit: 1, remaining: 0 } });
    expect(await admit(db, callOf(payer))).toMatchObject({ ok: false, reason: "rate_limited" });
    await updateKey(db, id, keyId, { requestsPerMinute: null, monthlyBudgetNanoUsd: 500n });
    expect(await admit(db, callOf(payer))).toMatchObject({ ok: false, reason: "budget_exceeded" });
    await updateKey(db, id, keyId, { monthlyBudgetNanoUsd: null, expiresAt: new Date(Date.now() - 1) });
    expect(await admit(db, callOf(payer))).toEqual({ ok: false, reason: "invalid_key" });
    await updateKey(db, id, keyId, { expiresAt: null });
    expect(await admit(db, callOf(payer))).toMatchObject({ ok: true });
    const other = await createTestAccount(db);
    expect(await updateKey(db, other.id, keyId, { name: "mine" })).toBeNull();
    await revokeKey(db, id, keyId);
    expect(await updateKey(db, id, keyId, { name: "again" })).toBeNull();
    expect(await db.auditEvent.count({ where: { accountId: id, action: "key.changed" } })).toBe(5);
  });

  test("a key switched off is refused from the next request on, and works again when it is switched on", async () => {
    const { id } = await createTestAccount(db, { plan: "paid" });
    const { keyId, payer } = await createPayer(db, id);
    const process = createMetering(db);
    for (let call = 0; call < 3; call += 1)
      expect(await process.admit(callOf(payer))).toMatchObject({ ok: true });
    expect(await updateKey(db, id, keyId, { disabled: true })).toMatchObject({
      disabledAt: expect.any(Date),
    });
    const refused = { ok: false, reason: "key_disabled" };
    const calls = Array.from({ length: 20 }, () => callOf(payer));
    expect(await Promise.all(calls.map((call) => process.admit(call)))).toEqual(calls.map(() => refused));
    expect(await admit(db, callOf(payer))).toEqual(refused);
    expect(await db.request.count({ where: { keyId } })).toBe(3);
    await updateKey(db, id, keyId, { disabled: true });
    expect(await updateKey(db, id, keyId, { disabled: false })).toMatchObject({ disabledAt: null });
    expect(await process.admit(callOf(payer))).toMatchObject({ ok: true });
    const events = await db.auditEvent.findMany({ where: { targetId: keyId }, orderBy: { id: "asc" } });
    expect(events.map(({ action }) => action)).toEqual(["key.created", "key.disabled", "key.enabled"]);
    const other = await createTestAccount(db);
    expect(await updateKey(db, other.id, keyId, { disabled: true })).toBeNull();
  });

  test("what a minute has left is the same for all keys at once as for each, by the account's own limit too", async () => {
    const { id } = await createTestAccount(db, { plan: "paid" });
    const { keyId: own, payer } = await createPayer(db, id, { requestsPerMinute: 9 });
    const { keyId: free } = await createPayer(db, id);
    const { keyId: unused } = await createPayer(db, id, { requestsPerMinute: 500 });
    for (let call = 0; call < 3; call += 1) await admit(db, callOf(payer));
    const limits = { ...generousLimits, paidRequestsPerMinute: 50 };
    const both = async () => {
      const at = { limits, now: new Date() };
      const rates = await listKeyRates(db, id, at);
      for (const keyId of [own, free, unused]) {
        const { rate } = (await getAllowances(db, id, keyId, at)) ?? {};
        expect(rates.get(keyId)).toEqual({ limit: rate?.limit, remaining: rate?.remaining });
      }
      return [own, free, unused].map((keyId) => rates.get(keyId));
    };
    expect(await both()).toEqual([
      { limit: 9, remaining: 6 },
      { limit: 50, remaining: 50 },
      { limit: 50, remaining: 50 },
    ]);
    await db.account.update({ where: { id }, data: { requestsPerMinute: 7 } });
    expect(await both()).toEqual([
      { limit: 7, remaining: 4 },
      { limit: 7, remaining: 7 },
      { limit: 7, remaining: 7 },
    ]);
  });

  test("another account's key is as absent", async () => {
    const [owner, other] = [await createTestAccount(db), await createTestAccount(db)];
    const { keyId, payer } = await createPayer(db, owner.id);
    expect(await revokeKey(db, other.id, keyId)).toBeNull();
    expect(await revokeKey(db, other.id, "key_none")).toBeNull();
    expect(await listKeys(db, other.id)).toEqual([]);
    expect(await admit(db, callOf(payer))).toMatchObject({ ok: true });
  });

  test("creating and revoking are audited, revoking again is not", async () => {
    const { id } = await createTestAccount(db);
    const { keyId } = await createPayer(db, id);
    await Promise.all([revokeKey(db, id, keyId), revokeKey(db, id, keyId), revokeKey(db, id, keyId)]);
    const events = await db.auditEvent.findMany({ where: { accountId: id }, orderBy: { id: "asc" } });
    expect(events.map(({ action, targetId }) => [action, targetId])).toEqual([
      ["key.created", keyId],
      ["key.revoked", keyId],
    ]);
  });

  test("admission applies the same scope as the rule", async () => {
    const { id } = await createTestAccount(db);
    const { keyId, payer } = await createPayer(db, id);
    const unit = fc.constantFrom("a", "A", "/", ".", "*", "_", "%", "\\", "'", "é", "𝒳", "\n");
    const pattern = fc.string({ unit, maxLength: 5 });
    const model = fc.oneof(fc.string({ unit, maxLength: 5 }), fc.constant("moonshot/kimi-k2.6"));
    await fc.assert(
      fc.asyncProperty(fc.array(pattern, { maxLength: 3 }), model, async (modelPatterns, modelId) => {
        await db.key.update({ where: { id: keyId }, data: { modelPatterns } });
        const admission = await admit(db, callOf(payer, { model: modelId }));
        expect(admission.ok).toBe(isModelAllowed(modelPatterns, modelId));
      }),
      { numRuns: 150 },
    );
  });
});
