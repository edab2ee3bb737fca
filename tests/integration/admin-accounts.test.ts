import { createHash } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { createSession, getSessionAccount } from "#lib/accounts/store/sessions.ts";
import { deleteAccount, finishDeletions } from "#lib/admin/delete-account.ts";
import { changeAccount, disableAccount, enableAccount } from "#lib/admin/store/account-changes.ts";
import { decideDeletion } from "#lib/admin/store/account-deletion.ts";
import { getAccountDetail, listAccounts } from "#lib/admin/store/accounts.ts";
import { listAuditEvents } from "#lib/admin/store/audit-log.ts";
import { newId } from "#lib/ops/ids.ts";
import { admit } from "#lib/usage/store/admission.ts";
import { settle } from "#lib/usage/store/settlement.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { admitOne, callOf, createPayer, outcomeOf } from "#tests/support/metered-calls.ts";

const now = new Date();
const browser = { userAgent: "test", now };

describe.each(databases)("an admin on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());
  const newActor = async () => ({ ...(await createTestAccount(db)), address: "10.0.0.9" });

  test("changes plan and limits, which the next request is judged by, and the audit has before and after", async () => {
    const actor = await newActor();
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const change = { requestsPerDay: 2, requestsPerMinute: 7, monthlyBudgetNanoUsd: 9_000_000_000n };
    expect(await changeAccount(db, actor, id, change)).toBe(true);
    const admissions = await Promise.all([1, 2, 3].map(() => admit(db, callOf(payer))));
    expect(admissions.filter(({ ok }) => ok)).toHaveLength(2);
    expect(admissions.find(({ ok }) => !ok)).toMatchObject({
      reason: "daily_quota_exceeded",
      quotaLimit: 2,
      rate: { limit: 7 },
    });
    await changeAccount(db, actor, id, { plan: "paid", requestsPerMinute: 7 });
    expect(await admit(db, callOf(payer))).toMatchObject({ ok: true, quota: null });

    const { events } = await listAuditEvents(
      db,
      { account: id, action: "account.limits_changed" },
      undefined,
    );
    expect(events.map(({ before, after, actor: by, on }) => [by.id, on?.id, before, after])).toEqual([
      [actor.id, id, { plan: "trial" }, { plan: "paid" }],
      [
        actor.id,
        id,
        { requestsPerDay: null, requestsPerMinute: null, monthlyBudgetNanoUsd: null },
        { requestsPerDay: 2, requestsPerMinute: 7, monthlyBudgetNanoUsd: "9000000000" },
      ],
    ]);
  });

  test("disables an account: sessions end, key and chat are refused at once; enabled it goes on", async () => {
    const actor = await newActor();
    const { id } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const chat = { kind: "account", accountId: id } as const;
    const session = await createSession(db, id, browser);
    await disableAccount(db, actor, id);
    expect(await getSessionAccount(db, session, now)).toBeNull();
    for (const each of [payer, chat]) {
      expect(await admit(db, callOf(each))).toEqual({ ok: false, reason: "invalid_key" });
    }
    expect(await db.session.count({ where: { accountId: id } })).toBe(0);
    await enableAccount(db, actor, id);
    expect(await admit(db, callOf(chat))).toMatchObject({ ok: true });
  });

  test("finds accounts by a part of the e-mail, page by page, with what they spent", async () => {
    const { id, email } = await createTestAccount(db);
    const { payer } = await createPayer(db, id);
    const settled = await settle(db, await admitOne(db, payer), outcomeOf());
    const found = await listAccounts(db, { search: email.slice(3).toUpperCase() }, { after: undefined, now });
    expect(found.accounts.map((account) => [account.id, account.spentNanoUsd])).toEqual([
      [id, settled?.costNanoUsd],
    ]);
    const all = await listAccounts(db, {}, { after: undefined, now });
    const last = all.accounts.at(-1);
    if (all.nextCursor === null || !last) return;
    const next = await listAccounts(db, {}, { after: all.nextCursor, now });
    expect(next.accounts.every((account) => account.createdAt <= last.createdAt)).toBe(true);
    expect(next.accounts.some((account) => all.accounts.some((other) => other.id === account.id))).toBe(
      false,
    );
  });

  async function accountWithEverything() {
    const { id } = await createTestAccount(db);
    const { keyId, payer } = await createPayer(db, id);
    await settle(db, await admitOne(db, payer), outcomeOf());
    await createSession(db, id, browser);
    const sha256 = createHash("sha256").update(id).digest("hex");
    await db.attachment.create({
      data: {
        id: newId("att"),
        accountId: id,
        sha256,
        mediaType: "text/plain",
        filename: "a.txt",
        sizeBytes: 1,
      },
    });
    return { id, keyId, sha256 };
  }

  test("deletes an account: no row and no byte of it stays, but what it used in all is in the audit", async () => {
    const actor = await newActor();
    const { id, keyId, sha256 } = await accountWithEverything();
    const removed: string[] = [];
    const blobs = { remove: async (key: string) => void removed.push(key) };
    expect(await deleteAccount({ db, blobs }, actor, id)).toBe(true);
    expect(removed).toContain(`${id}/${sha256}`);
    expect(await getAccountDetail(db, id, now)).toBeNull();
    const left = await Promise.all([
      db.request.count({ where: { accountId: id } }),
      db.usageQuarter.count({ where: { accountId: id } }),
      db.budgetMonth.count({ where: { holderId: { in: [id, keyId] } } }),
      db.rateWindow.count({ where: { subject: keyId } }),
      db.session.count({ where: { accountId: id } }),
      db.attachment.count({ where: { accountId: id } }),
    ]);
    expect(left).toEqual([0, 0, 0, 0, 0, 0]);
    const { events } = await listAuditEvents(db, { account: id, action: "account.deleted" }, undefined);
    expect(events).toMatchObject([
      { actor: { id: actor.id }, on: { id, email: null }, before: { requests: 1, costNanoUsd: "1333000" } },
    ]);
    expect(await deleteAccount({ db, blobs }, actor, id)).toBe(false);
  });

  test("a deletion that a crash left is finished by whoever sweeps, and nobody gets in meanwhile", async () => {
    const actor = await newActor();
    const { id } = await accountWithEverything();
    await decideDeletion(db, actor, id);
    expect(await enableAccount(db, actor, id)).toBe(false);
    const later = new Date(Date.now() + 10 * 60_000);
    const blobs = { remove: () => Promise.resolve() };
    expect(await finishDeletions({ db, blobs }, later)).toBeGreaterThanOrEqual(1);
    expect(await getAccountDetail(db, id, now)).toBeNull();
  });
});
