import { recordAudit } from "#lib/db/audit.ts";
import { type Db, onConnection } from "#lib/db/client.ts";
import { type Actor, lockAccount, shutOut } from "./account-changes.ts";

/**
 * Decides an account's deletion: nobody gets in any more, and what was used is noted in the audit, since its rows go. False when there is no
 * such account; true again when it was decided before.
 */
export async function decideDeletion(db: Db, actor: Actor, id: string): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const account = await lockAccount(tx, id);
    if (!account) return false;
    if (account.deletedAt) return true;
    const now = new Date();
    await shutOut(tx, id, now);
    await tx.account.update({ where: { id }, data: { deletedAt: now } });
    const used = await tx.usageQuarter.aggregate({
      where: { accountId: id },
      _sum: { requests: true, costNanoUsd: true },
    });
    await recordAudit(tx, {
      actorId: actor.id,
      action: "account.deleted",
      ...(actor.id !== id && { onAccountId: id }),
      targetId: id,
      before: {
        plan: account.plan,
        requests: used._sum.requests ?? 0,
        costNanoUsd: (used._sum.costNanoUsd ?? 0n).toString(),
      },
      // Nobody's address is kept once the account is gone.
      ...(actor.id !== id && { address: actor.address }),
    });
    return true;
  });
}

/** Accounts whose deletion was decided before `before` and has not been carried out. */
export async function listUndeleted(db: Db, before: Date): Promise<string[]> {
  const rows = await db.account.findMany({
    where: { deletedAt: { lt: before } },
    select: { id: true },
    take: 20,
  });
  return rows.map(({ id }) => id);
}

export async function hasRunningReplies(db: Db, accountId: string): Promise<boolean> {
  return (await db.generation.count({ where: { accountId, status: "running" } })) > 0;
}

/** The SHA-256 of every file of the account. */
export async function listContents(db: Db, accountId: string): Promise<string[]> {
  const rows = await db.attachment.findMany({
    where: { accountId },
    distinct: ["sha256"],
    select: { sha256: true },
  });
  return rows.map(({ sha256 }) => sha256);
}

/**
 * Deletes an account whose deletion was decided, with everything that hangs on it, in one transaction. Gives the contents that were still
 * recorded: uploads that had begun before it was disabled are waited for.
 */
export async function deleteRows(db: Db, id: string): Promise<string[]> {
  return onConnection(db, async (query) => {
    await query("BEGIN");
    await query("SELECT id FROM accounts WHERE id = $1 AND deleted_at IS NOT NULL FOR UPDATE", [id]);
    const contents = await query<{ sha256: string }>(
      "SELECT DISTINCT sha256 FROM attachments WHERE account_id = $1",
      [id],
    );
    await query(
      `DELETE FROM rate_windows WHERE subject = 'chat:' || $1 OR subject IN (SELECT id FROM keys WHERE account_id = $1)`,
      [id],
    );
    await query(
      `DELETE FROM budget_months WHERE holder_id = $1 OR holder_id IN (SELECT id FROM keys WHERE account_id = $1)`,
      [id],
    );
    await query("UPDATE audit_events SET address = NULL WHERE account_id = $1", [id]);
    await query("DELETE FROM accounts WHERE id = $1 AND deleted_at IS NOT NULL", [id]);
    await query("COMMIT");
    return contents.map(({ sha256 }) => sha256);
  });
}
