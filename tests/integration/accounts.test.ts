import { afterAll, describe, expect, test } from "vitest";
import { parseSignUpForm } from "#lib/accounts/forms.ts";
import { hashPassword, type verifyPassword } from "#lib/accounts/password.ts";
import { checkCredentials } from "#lib/accounts/sign-in.ts";
import { signUp } from "#lib/accounts/sign-up.ts";
import { createAccount } from "#lib/accounts/store/accounts.ts";
import {
  createSession,
  deleteAllSessions,
  deleteSession,
  getSessionAccount,
  purgeExpired,
  sessionLifetimeMs,
} from "#lib/accounts/store/sessions.ts";
import { giveBackAttempt, takeAttempt } from "#lib/accounts/store/throttles.ts";
import { hashKey, isWellFormedKey } from "#lib/keys/key-format.ts";
import { listKeys, revokeKey } from "#lib/keys/store.ts";
import { newId } from "#lib/ops/ids.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";

const password = "correct horse";
const now = new Date("2026-11-22T12:00:00.000Z");
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const freshEmail = () => `${newId("acc")}@example.com`;
const freshAddress = () => `test-${newId("req")}`;

function form(email: string, name?: string) {
  const parsed = parseSignUpForm({ email, password, name });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.form;
}

describe.each(databases)("accounts on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  test("a sign-up makes a trial account, its first key and the audit of both", async () => {
    const email = `Ann.${freshEmail()}`;
    const { account, apiKey } = await signUp(db, form(email, "Ann"), {
      address: "10.1.2.3",
      now: new Date(),
    });
    expect(account).toEqual({ id: account.id, email, name: "Ann", plan: "trial" });
    expect(isWellFormedKey(apiKey)).toBe(true);
    const keys = await listKeys(db, account.id);
    expect(keys).toMatchObject([{ name: "First key", start: apiKey.slice(0, keys[0]?.start.length) }]);
    expect(await db.key.findUnique({ where: { hash: hashKey(apiKey) } })).toMatchObject({
      accountId: account.id,
    });
    const audit = await db.auditEvent.findMany({
      where: { accountId: account.id },
      orderBy: { action: "asc" },
    });
    expect(audit.map(({ action, address }) => [action, address])).toEqual([
      ["account.created", "10.1.2.3"],
      ["key.created", null],
    ]);
    const row = await db.account.findUniqueOrThrow({ where: { id: account.id } });
    expect(row.passwordHash).toMatch(/^\$argon2id\$/);
  });

  test("of 20 parallel sign-ups with one e-mail in different case, one makes an account and the rest leave nothing", async () => {
    const email = freshEmail();
    const passwordHash = await hashPassword(password);
    const spellings = Array.from({ length: 20 }, (_, index) =>
      [...email].map((letter, at) => ((at + index) % 3 === 0 ? letter.toUpperCase() : letter)).join(""),
    );
    const made = await Promise.all(
      spellings.map((spelling) =>
        createAccount(db, {
          email: spelling,
          name: null,
          passwordHash,
          address: "test",
          firstKeyName: "First key",
        }),
      ),
    );
    const winners = made.filter((one) => one !== null);
    expect(winners).toHaveLength(1);
    expect(await db.account.count({ where: { emailKey: email } })).toBe(1);
    expect(await db.key.count({ where: { account: { emailKey: email } } })).toBe(1);
    await expect(signUp(db, form(email), { address: freshAddress(), now })).rejects.toMatchObject({
      code: "email_taken",
      param: "email",
    });
  });

  test("the 21st sign-up of an hour from one address is refused until the hour is over", async () => {
    const address = freshAddress();
    const email = freshEmail();
    await signUp(db, form(email), { address, now });
    for (let attempt = 2; attempt <= 20; attempt += 1) {
      await expect(signUp(db, form(email), { address, now })).rejects.toMatchObject({ code: "email_taken" });
    }
    await expect(signUp(db, form(freshEmail()), { address, now: minutesLater(20) })).rejects.toMatchObject({
      code: "rate_limited",
      retryAfterS: 2400,
      message: "Too many sign-ups from this address. Try again in 40 minutes.",
    });
    await signUp(db, form(freshEmail()), { address, now: minutesLater(60) });
  });

  test("an e-mail signs in in any case and with space around it, with its own password only", async () => {
    const email = freshEmail();
    const address = freshAddress();
    const { account } = await signUp(db, form(email), { address, now });
    const attempt = { email: ` ${email.toUpperCase()} `, password, address, now };
    expect(await checkCredentials(db, attempt)).toEqual({ ok: true, account });
    expect(await checkCredentials(db, { ...attempt, password: "wrong horse" })).toEqual({
      ok: false,
      reason: "wrong_credentials",
    });
  });

  test("an unknown e-mail costs one verification, as a known one does", async () => {
    const email = freshEmail();
    const address = freshAddress();
    await signUp(db, form(email), { address, now });
    const verified: (string | null)[] = [];
    const verify: typeof verifyPassword = async (stored) => {
      verified.push(stored === null ? null : "a hash");
      return false;
    };
    for (const tried of [email, freshEmail()]) {
      const result = await checkCredentials(db, { email: tried, password, address, now }, verify);
      expect(result).toEqual({ ok: false, reason: "wrong_credentials" });
    }
    expect(verified).toEqual(["a hash", null]);
  });

  test("of 40 parallel guesses at one e-mail exactly 10 are checked; then the right password is refused too, for 15 minutes", async () => {
    const email = freshEmail();
    await signUp(db, form(email), { address: freshAddress(), now });
    let checked = 0;
    const verify: typeof verifyPassword = async () => {
      checked += 1;
      return false;
    };
    const guesses = await Promise.all(
      Array.from({ length: 40 }, () =>
        checkCredentials(db, { email, password: "guess", address: freshAddress(), now }, verify),
      ),
    );
    expect(checked).toBe(10);
    expect(guesses.filter((guess) => !guess.ok && guess.reason === "throttled")).toHaveLength(30);
    const right = { email, password, address: freshAddress() };
    expect(await checkCredentials(db, { ...right, now: minutesLater(14) })).toEqual({
      ok: false,
      reason: "throttled",
      by: "email",
      retryAfterS: 60,
    });
    expect(await checkCredentials(db, { ...right, now: minutesLater(15) })).toMatchObject({ ok: true });
  });

  test("an address has 50 failed sign-ins in 15 minutes, whatever the e-mails", async () => {
    const address = freshAddress();
    const never: typeof verifyPassword = async () => false;
    const guesses = await Promise.all(
      Array.from({ length: 60 }, () =>
        checkCredentials(db, { email: freshEmail(), password: "guess", address, now }, never),
      ),
    );
    expect(guesses.filter((guess) => !guess.ok && guess.reason === "wrong_credentials")).toHaveLength(50);
    expect(guesses.filter((guess) => !guess.ok && guess.reason === "throttled")).toHaveLength(10);
  });

  test("sign-ins that succeed do not count", async () => {
    const email = freshEmail();
    const address = freshAddress();
    await signUp(db, form(email), { address, now });
    const always: typeof verifyPassword = async () => true;
    for (let round = 0; round < 12; round += 1) {
      expect(await checkCredentials(db, { email, password, address, now }, always)).toMatchObject({
        ok: true,
      });
    }
  });

  test("an attempt given back after its window is over takes nothing from the next window", async () => {
    const subject = `test:${newId("req")}`;
    const rule = { limit: 1, windowMs: 60_000 };
    const first = await takeAttempt(db, subject, rule, now);
    const second = await takeAttempt(db, subject, rule, minutesLater(1));
    expect([first.allowed, second.allowed]).toEqual([true, true]);
    if (first.allowed) await giveBackAttempt(db, first);
    expect(await takeAttempt(db, subject, rule, minutesLater(1))).toEqual({
      allowed: false,
      retryAfterS: 60,
    });
    if (second.allowed) await giveBackAttempt(db, second);
    expect(await takeAttempt(db, subject, rule, minutesLater(1))).toMatchObject({ allowed: true });
  });

  test("a disabled account neither signs in nor keeps its sessions", async () => {
    const email = freshEmail();
    const address = freshAddress();
    const { account } = await signUp(db, form(email), { address, now });
    const session = await createSession(db, account.id, { userAgent: "test", now });
    await db.account.update({ where: { id: account.id }, data: { disabledAt: now } });
    expect(await checkCredentials(db, { email, password, address, now })).toEqual({
      ok: false,
      reason: "disabled",
    });
    expect(await getSessionAccount(db, session, now)).toBeNull();
  });

  test("a session says whose it is until it is deleted or expires", async () => {
    const { id, email } = await createTestAccount(db);
    const session = await createSession(db, id, { userAgent: "x".repeat(5000), now });
    const account = { id, email, name: null, plan: "trial", sessionId: session, preferences: {} };
    expect(await getSessionAccount(db, session, now)).toEqual(account);
    const lastMoment = new Date(now.getTime() + sessionLifetimeMs - 1);
    expect(await getSessionAccount(db, session, lastMoment)).toEqual(account);
    expect(await getSessionAccount(db, session, new Date(lastMoment.getTime() + 1))).toBeNull();
    await deleteSession(db, session);
    expect(await getSessionAccount(db, session, now)).toBeNull();
    expect(await getSessionAccount(db, "ses_unknown", now)).toBeNull();
  });

  test("signing out everywhere ends every session of the account and none of another", async () => {
    const mine = await createTestAccount(db);
    const other = await createTestAccount(db);
    const sessions = await Promise.all(
      [mine, mine, mine, other].map(({ id }) => createSession(db, id, { userAgent: "", now })),
    );
    expect(await deleteAllSessions(db, mine.id)).toBe(3);
    const left = await Promise.all(sessions.map((session) => getSessionAccount(db, session, now)));
    expect(left.map((account) => account?.id ?? null)).toEqual([null, null, null, other.id]);
  });

  test("when a session was last seen is written at most every five minutes", async () => {
    const { id } = await createTestAccount(db);
    const session = await createSession(db, id, { userAgent: "", now });
    const seenAfter = async (minutes: number) => {
      await getSessionAccount(db, session, minutesLater(minutes));
      return (await db.session.findUniqueOrThrow({ where: { id: session } })).lastSeenAt;
    };
    expect(await seenAfter(4)).toEqual(now);
    expect(await seenAfter(5)).toEqual(minutesLater(5));
    expect(await seenAfter(9)).toEqual(minutesLater(5));
    expect(await seenAfter(11)).toEqual(minutesLater(11));
  });

  test("what is over is forgotten, what is in force is kept", async () => {
    const { id } = await createTestAccount(db);
    const longAgo = new Date("2020-01-01T00:00:00.000Z");
    await createSession(db, id, { userAgent: "", now: longAgo });
    const inForce = await createSession(db, id, { userAgent: "", now });
    const subject = `test:${newId("req")}`;
    await takeAttempt(db, subject, { limit: 1, windowMs: 1000 }, longAgo);
    await purgeExpired(db, new Date("2020-06-01T00:00:00.000Z"));
    const left = await db.session.findMany({ where: { accountId: id } });
    expect(left.map((session) => session.id)).toEqual([inForce]);
    expect(await db.throttle.findUnique({ where: { subject } })).toBeNull();
  });

  test("another account's key cannot be revoked", async () => {
    const { account, apiKey } = await signUp(db, form(freshEmail()), { address: freshAddress(), now });
    const stranger = await createTestAccount(db);
    const [key] = await listKeys(db, account.id);
    expect(await revokeKey(db, stranger.id, key?.id ?? "")).toBeNull();
    expect(await db.key.findUnique({ where: { hash: hashKey(apiKey) } })).toMatchObject({ revokedAt: null });
    expect(await revokeKey(db, account.id, key?.id ?? "")).toMatchObject({ id: key?.id, name: "First key" });
  });
});
