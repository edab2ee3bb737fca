import type { Db } from "#lib/db/client.ts";
import type { Key, Prisma } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { hashKey, keyStart, makeKey } from "./key-format.ts";

/** A key as its owner sees it. The secret is not kept and cannot be shown again. */
export interface KeyInfo {
  id: string;
  name: string;
  /** The first characters of the secret. */
  start: string;
  /** Models it may use; empty for all, `*` is a wildcard. */
  modelPatterns: string[];
  /** Below the plan's own limit; null for the plan's. */
  requestsPerMinute: number | null;
  monthlyBudgetNanoUsd: bigint | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** Exact to a minute. */
  lastUsedAt: Date | null;
  createdAt: Date;
}

export interface NewKey {
  name: string;
  modelPatterns?: readonly string[];
  requestsPerMinute?: number | null;
  monthlyBudgetNanoUsd?: bigint | null;
  expiresAt?: Date | null;
}

/** Live keys an account may have: neither revoked nor expired. */
export const MAX_KEYS = 100;
const LISTED_KEYS = 500;

/**
 * Makes a key and gives its secret, this once.
 * @throws ApiError `invalid_request` when the account has `MAX_KEYS` live keys.
 */
export async function createKey(
  db: Db,
  accountId: string,
  key: NewKey,
): Promise<{ key: KeyInfo; secret: string }> {
  return db.$transaction((tx) => createKeyIn(tx, accountId, key));
}

/** `createKey` as part of a larger transaction, such as a sign-up. */
export async function createKeyIn(
  tx: Prisma.TransactionClient,
  accountId: string,
  { name, modelPatterns, requestsPerMinute, monthlyBudgetNanoUsd, expiresAt }: NewKey,
): Promise<{ key: KeyInfo; secret: string }> {
  // Keys of one account are made one after the other, so that parallel calls cannot pass the count together.
  await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId} FOR NO KEY UPDATE`;
  const live = await tx.key.count({
    where: { accountId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
  });
  if (live >= MAX_KEYS) {
    throw new ApiError(
      "invalid_request",
      `An account can have ${MAX_KEYS} keys. Revoke one that is not needed, then create this one.`,
    );
  }
  const secret = makeKey();
  const row = await tx.key.create({
    data: {
      id: newId("key"),
      accountId,
      name,
      hash: hashKey(secret),
      start: keyStart(secret),
      modelPatterns: [...(modelPatterns ?? [])],
      requestsPerMinute: requestsPerMinute ?? null,
      monthlyBudgetNanoUsd: monthlyBudgetNanoUsd ?? null,
      expiresAt: expiresAt ?? null,
    },
  });
  await tx.auditEvent.create({
    data: { id: newId("aud"), accountId, action: "key.created", targetId: row.id },
  });
  return { key: toKeyInfo(row), secret };
}

/** The account's keys: the living, newest first, then those revoked last; 500 at most. */
export async function listKeys(db: Db, accountId: string): Promise<KeyInfo[]> {
  const rows = await db.key.findMany({
    where: { accountId },
    orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }, { id: "desc" }],
    take: LISTED_KEYS,
  });
  return rows.map(toKeyInfo);
}

/** Ends a key for good, in force for the next request. Null when the account has no such key; again is no error. */
export async function revokeKey(db: Db, accountId: string, keyId: string): Promise<KeyInfo | null> {
  return db.$transaction(async (tx) => {
    const revoked = await tx.key.updateMany({
      where: { id: keyId, accountId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (revoked.count > 0) {
      await tx.auditEvent.create({
        data: { id: newId("aud"), accountId, action: "key.revoked", targetId: keyId },
      });
    }
    const row = await tx.key.findFirst({ where: { id: keyId, accountId } });
    return row && toKeyInfo(row);
  });
}

function toKeyInfo(row: Key): KeyInfo {
  return {
    id: row.id,
    name: row.name,
    start: row.start,
    modelPatterns: row.modelPatterns,
    requestsPerMinute: row.requestsPerMinute,
    monthlyBudgetNanoUsd: row.monthlyBudgetNanoUsd,
    expiresAt: row.expiresAt,
    revokedAt: row.revokedAt,
    lastUsedAt: row.lastUsedAt,
    createdAt: row.createdAt,
  };
}
