import { recordAudit } from "#lib/db/audit.ts";
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
  /** Whether the budget, once used up, refuses requests or only warns. */
  budgetMode: "hard" | "warn";
  /** Shares of the budget, in percent, at which its owner is alerted. */
  alertPercents: number[];
  expiresAt: Date | null;
  /** Since when it is switched off; null while it works. */
  disabledAt: Date | null;
  revokedAt: Date | null;
  /** The key it was made to replace; that one is revoked when this one is first used. */
  replacesKeyId: string | null;
  /** Exact to a minute. */
  lastUsedAt: Date | null;
  createdAt: Date;
}

export interface NewKey {
  name: string;
  modelPatterns?: readonly string[];
  requestsPerMinute?: number | null;
  monthlyBudgetNanoUsd?: bigint | null;
  /** `hard` if left out. */
  budgetMode?: KeyInfo["budgetMode"];
  /** 50, 80 and 100 if left out. */
  alertPercents?: readonly number[];
  expiresAt?: Date | null;
}

/** What a new key may do, or a change to it; what is left out stays as it is. */
export interface KeyChange extends Partial<NewKey> {
  /** True switches it off, false on again. */
  disabled?: boolean;
}

/** Keys in force an account may have; those made by rotation count from their first use. */
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
  key: NewKey,
): Promise<{ key: KeyInfo; secret: string }> {
  await lockKeys(tx, accountId);
  await refuseAboveMaximum(tx, accountId);
  const made = await insertKey(tx, accountId, key);
  await recordAudit(tx, { actorId: accountId, action: "key.created", targetId: made.key.id });
  return made;
}

/** Keys of one account are made and changed one after the other, so that parallel calls cannot pass a count together. */
export async function lockKeys(tx: Prisma.TransactionClient, accountId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM accounts WHERE id = ${accountId} FOR NO KEY UPDATE`;
}

async function refuseAboveMaximum(
  tx: Prisma.TransactionClient,
  accountId: string,
  exceptId?: string,
): Promise<void> {
  const others = await tx.key.count({
    where: {
      accountId,
      ...isInForce(new Date()),
      NOT: { replacesKeyId: { not: null }, lastUsedAt: null },
      ...(exceptId === undefined ? {} : { id: { not: exceptId } }),
    },
  });
  if (others < MAX_KEYS) return;
  throw new ApiError(
    "invalid_request",
    `An account can have ${MAX_KEYS} keys. Revoke one that is not needed first.`,
  );
}

/** Neither revoked nor expired. */
export function isInForce(now: Date) {
  return {
    revokedAt: null,
    OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
  } satisfies Prisma.KeyWhereInput;
}

/** A new row with a new secret; `line` places it behind the key it replaces. */
export async function insertKey(
  tx: Prisma.TransactionClient,
  accountId: string,
  {
    name,
    modelPatterns,
    requestsPerMinute,
    monthlyBudgetNanoUsd,
    budgetMode,
    alertPercents,
    expiresAt,
  }: NewKey,
  line: { replacesKeyId: string; firstKeyId: string } | null = null,
): Promise<{ key: KeyInfo; secret: string }> {
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
      budgetMode: budgetMode ?? "hard",
      ...(alertPercents && { alertPercents: [...alertPercents] }),
      expiresAt: expiresAt ?? null,
      ...line,
    },
  });
  return { key: toKeyInfo(row), secret };
}

/**
 * Changes a key's name or what it may do, or switches it off or on, in force for the next request; an expired key comes back to life with a later expiry.
 * Null when the account has no such key or it is revoked.
 * @throws ApiError `invalid_request` when the key would be one too many.
 */
export async function updateKey(
  db: Db,
  accountId: string,
  keyId: string,
  change: KeyChange,
): Promise<KeyInfo | null> {
  return db.$transaction(async (tx) => {
    await lockKeys(tx, accountId);
    await refuseAboveMaximum(tx, accountId, keyId);
    const { modelPatterns, alertPercents, disabled, ...rest } = change;
    const before = await tx.key.findFirst({ where: { id: keyId, accountId, revokedAt: null } });
    if (!before) return null;
    const switched = disabled !== undefined && disabled !== (before.disabledAt !== null);
    const data = {
      ...rest,
      ...(modelPatterns && { modelPatterns: [...modelPatterns] }),
      ...(alertPercents && { alertPercents: [...alertPercents] }),
      ...(switched && { disabledAt: disabled ? new Date() : null }),
    };
    const changed = await tx.key.updateMany({ where: { id: keyId, accountId, revokedAt: null }, data });
    if (changed.count === 0) return null;
    for (const action of actionsOf(change, switched)) {
      await recordAudit(tx, { actorId: accountId, action, targetId: keyId });
    }
    return toKeyInfo(await tx.key.findUniqueOrThrow({ where: { id: keyId } }));
  });
}

function actionsOf({ disabled, ...others }: KeyChange, switched: boolean): string[] {
  return [
    ...(switched ? [disabled ? "key.disabled" : "key.enabled"] : []),
    ...(Object.keys(others).length > 0 ? ["key.changed"] : []),
  ];
}

/** The key with this SHA-256 (hex) and its account, by admission's rules: neither revoked nor expired, the account not disabled. It may be switched off. */
export async function findLiveKey(
  db: Db,
  hash: string,
  now: Date,
): Promise<{ accountId: string; key: KeyInfo } | null> {
  const row = await db.key.findFirst({ where: { hash, ...isInForce(now), account: { disabledAt: null } } });
  return row && { accountId: row.accountId, key: toKeyInfo(row) };
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
      await recordAudit(tx, { actorId: accountId, action: "key.revoked", targetId: keyId });
    }
    const row = await tx.key.findFirst({ where: { id: keyId, accountId } });
    return row && toKeyInfo(row);
  });
}

/** A row as its owner may see it. */
export function toKeyInfo(row: Key): KeyInfo {
  return {
    id: row.id,
    name: row.name,
    start: row.start,
    modelPatterns: row.modelPatterns,
    requestsPerMinute: row.requestsPerMinute,
    monthlyBudgetNanoUsd: row.monthlyBudgetNanoUsd,
    budgetMode: row.budgetMode,
    alertPercents: row.alertPercents,
    expiresAt: row.expiresAt,
    disabledAt: row.disabledAt,
    revokedAt: row.revokedAt,
    replacesKeyId: row.replacesKeyId,
    lastUsedAt: row.lastUsedAt,
    createdAt: row.createdAt,
  };
}
