import { recordAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { isTaken } from "#lib/db/is-taken.ts";
import { emailKeyOf } from "../account.ts";

/** Changes name and e-mail; false when the e-mail is taken. The audit says that they changed, not what they are. */
export async function updateProfile(
  db: Db,
  accountId: string,
  { name, email }: { name: string | null; email: string },
): Promise<boolean> {
  try {
    await db.$transaction(async (tx) => {
      const before = await tx.account.findUniqueOrThrow({ where: { id: accountId } });
      await tx.account.update({
        where: { id: accountId },
        data: { name, email, emailKey: emailKeyOf(email) },
      });
      await recordAudit(tx, {
        actorId: accountId,
        action: "account.profile_changed",
        targetId: accountId,
        after: { nameChanged: name !== before.name, emailChanged: email !== before.email },
      });
    });
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

/** An account at one of its browsers. */
interface AtBrowser {
  id: string;
  sessionId: string;
}

/** Sets the password and signs every other browser out; gives how many there were. */
export async function changePassword(
  db: Db,
  browser: AtBrowser,
  { passwordHash, address }: { passwordHash: string; address: string },
): Promise<number> {
  return db.$transaction(async (tx) => {
    await tx.account.update({ where: { id: browser.id }, data: { passwordHash } });
    return endOthers(tx, browser, { action: "account.password_changed", address });
  });
}

/** Signs every browser out but this one; gives how many there were. */
export async function endOtherSessions(db: Db, browser: AtBrowser, address: string): Promise<number> {
  return db.$transaction((tx) => endOthers(tx, browser, { action: "session.others_ended", address }));
}

async function endOthers(
  tx: Prisma.TransactionClient,
  { id, sessionId }: AtBrowser,
  { action, address }: { action: string; address: string },
): Promise<number> {
  const { count } = await tx.session.deleteMany({ where: { accountId: id, id: { not: sessionId } } });
  await recordAudit(tx, { actorId: id, action, targetId: id, after: { sessionsEnded: count }, address });
  return count;
}

/** Signs one browser of the account out; false when it has no such session. */
export async function endSession(db: Db, accountId: string, id: string, address: string): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id, accountId } });
    if (count === 0) return false;
    await recordAudit(tx, { actorId: accountId, action: "session.ended", targetId: id, address });
    return true;
  });
}

export interface OwnSession {
  id: string;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
}

/** Where the account is signed in, last seen first. */
export async function listSessions(db: Db, accountId: string, now: Date): Promise<OwnSession[]> {
  return db.session.findMany({
    where: { accountId, expiresAt: { gt: now } },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
    select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true },
    take: 200,
  });
}
