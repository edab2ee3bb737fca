import type { Db } from "#lib/db/client.ts";
import { newId } from "#lib/ops/ids.ts";
import type { Account, SignedInAccount } from "../account.ts";
import { storedPreferencesSchema } from "../preferences.ts";
import { deleteEndedThrottles } from "./throttles.ts";

export const sessionLifetimeMs = 60 * 24 * 3_600_000;

const touchEveryMs = 5 * 60_000;
const userAgentLength = 300;

/** Signs one browser in and returns the session's id. */
export async function createSession(
  db: Db,
  accountId: string,
  browser: { userAgent: string; now: Date },
): Promise<string> {
  const { now } = browser;
  const session = await db.session.create({
    data: {
      id: newId("ses", now.getTime()),
      accountId,
      userAgent: browser.userAgent.slice(0, userAgentLength),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + sessionLifetimeMs),
    },
  });
  return session.id;
}

/** The account signed in by a session; null once it was revoked, has expired, or the account is disabled. */
export async function getSessionAccount(
  db: Db,
  sessionId: string,
  now: Date,
): Promise<SignedInAccount | null> {
  // One statement: every page and every call waits for it.
  const [found] = await db.$queryRaw<(Account & { preferences: unknown; lastSeenAt: Date })[]>`
    SELECT a.id, a.email, a.name, a.plan::text AS plan, a.preferences, s.last_seen_at AS "lastSeenAt"
    FROM sessions s JOIN accounts a ON a.id = s.account_id
    WHERE s.id = ${sessionId} AND s.expires_at > ${now} AND a.disabled_at IS NULL`;
  if (!found) return null;
  const { lastSeenAt, ...account } = found;
  await touchSession(db, sessionId, lastSeenAt, now);
  return { ...account, preferences: storedPreferencesSchema.parse(account.preferences), sessionId };
}

async function touchSession(db: Db, sessionId: string, lastSeenAt: Date, now: Date): Promise<void> {
  const due = new Date(now.getTime() - touchEveryMs);
  if (lastSeenAt > due) return;
  await db.session.updateMany({
    where: { id: sessionId, lastSeenAt: { lte: due } },
    data: { lastSeenAt: now },
  });
}

/** Signs one browser out. */
export async function deleteSession(db: Db, sessionId: string): Promise<void> {
  await db.session.deleteMany({ where: { id: sessionId } });
}

/** Signs every browser of the account out and returns how many there were. */
export async function deleteAllSessions(db: Db, accountId: string): Promise<number> {
  const { count } = await db.session.deleteMany({ where: { accountId } });
  return count;
}

/** Forgets sessions and throttle windows that are over. */
export async function purgeExpired(db: Db, now: Date): Promise<void> {
  await db.session.deleteMany({ where: { expiresAt: { lte: now } } });
  await deleteEndedThrottles(db, now);
}
