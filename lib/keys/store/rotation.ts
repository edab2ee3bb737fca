import { recordAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import type { Key, Prisma } from "#lib/db/generated/client.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { insertKey, isInForce, type KeyInfo, lockKeys } from "../store.ts";

/**
 * Makes a key that may do what the given one may and gives its secret, this once. Both work until the new one is first used for a
 * call; admission revokes the old one then. Their limits are one: requests per minute and spend count together. Rotating again
 * before that use takes back the unused key. A key that is switched off stays so, its successor works: a leaked secret is replaced
 * without ever working again. Null when the account has no such key.
 * @throws ApiError `invalid_request` when the key is not in force, or itself waits for its first use after a rotation.
 */
export async function rotateKey(
  db: Db,
  accountId: string,
  keyId: string,
): Promise<{ key: KeyInfo; secret: string } | null> {
  return db.$transaction(async (tx) => {
    await lockKeys(tx, accountId);
    const unused = await tx.key.findMany({
      where: { accountId, replacesKeyId: keyId, lastUsedAt: null, revokedAt: null },
    });
    // A key is locked before the one it replaces, as in admission.
    for (const { id } of unused) await takeBack(tx, accountId, id);
    const old = await lockKey(tx, accountId, keyId);
    if (!old) return null;
    await refuseUnlessRotatable(tx, old);
    const { modelPatterns, requestsPerMinute, monthlyBudgetNanoUsd, expiresAt } = old;
    const { budgetMode, alertPercents } = old;
    const scope = {
      modelPatterns,
      requestsPerMinute,
      monthlyBudgetNanoUsd,
      budgetMode,
      alertPercents,
      expiresAt,
    };
    const line = { replacesKeyId: old.id, firstKeyId: old.firstKeyId ?? old.id };
    const made = await insertKey(tx, accountId, { name: old.name, ...scope }, line);
    await recordAudit(tx, { actorId: accountId, action: "key.rotated", targetId: old.id });
    await recordAudit(tx, { actorId: accountId, action: "key.created", targetId: made.key.id });
    return made;
  });
}

async function takeBack(tx: Prisma.TransactionClient, accountId: string, id: string): Promise<void> {
  const taken = await tx.key.updateMany({
    where: { id, lastUsedAt: null, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  if (taken.count > 0) await recordAudit(tx, { actorId: accountId, action: "key.revoked", targetId: id });
}

/** The row as it is now, held until the transaction ends: nobody can use its successor up meanwhile. */
async function lockKey(tx: Prisma.TransactionClient, accountId: string, id: string): Promise<Key | null> {
  await tx.$queryRaw`SELECT id FROM keys WHERE id = ${id} AND account_id = ${accountId} FOR NO KEY UPDATE`;
  return tx.key.findFirst({ where: { id, accountId } });
}

async function refuseUnlessRotatable(tx: Prisma.TransactionClient, key: Key): Promise<void> {
  const now = new Date();
  if (key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) {
    throw new ApiError("invalid_request", "This key is revoked or expired. Create a new one instead.");
  }
  if (key.replacesKeyId === null || key.lastUsedAt !== null) return;
  const replaced = await tx.key.count({ where: { id: key.replacesKeyId, ...isInForce(now) } });
  if (replaced === 0) return;
  throw new ApiError(
    "invalid_request",
    "This key replaces another one and has not been used yet. Use it first, or rotate the other one again.",
  );
}
