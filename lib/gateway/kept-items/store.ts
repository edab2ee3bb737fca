import type { Db } from "#lib/db/client.ts";

export interface SealedItem {
  id: string;
  sealed: Uint8Array<ArrayBuffer>;
}

/** Keeps items of an account until `expiresAt`. */
export async function keepItems(
  db: Db,
  accountId: string,
  items: readonly SealedItem[],
  expiresAt: Date,
): Promise<void> {
  await db.keptItem.createMany({
    data: items.map(({ id, sealed }) => ({ id, accountId, sealed, sizeBytes: sealed.length, expiresAt })),
  });
}

/** The size of each of these items that the account still has. */
export function listItemSizes(
  db: Db,
  accountId: string,
  ids: readonly string[],
  now: Date,
): Promise<{ id: string; sizeBytes: number }[]> {
  return db.keptItem.findMany({
    where: { accountId, id: { in: [...ids] }, expiresAt: { gt: now } },
    select: { id: true, sizeBytes: true },
  });
}

export function readItems(
  db: Db,
  accountId: string,
  ids: readonly string[],
): Promise<{ id: string; sealed: Uint8Array }[]> {
  return db.keptItem.findMany({
    where: { accountId, id: { in: [...ids] } },
    select: { id: true, sealed: true },
  });
}

/** In one go; what is more waits for the next one, so that no transaction grows long. */
const maxDeleted = 5_000;

/** Deletes items whose time is over. */
export async function deleteExpiredItems(db: Db, now: Date): Promise<void> {
  await db.$executeRaw`
    DELETE FROM kept_items WHERE id IN (
      SELECT id FROM kept_items WHERE expires_at <= ${now} ORDER BY expires_at LIMIT ${maxDeleted}::int
    )`;
}
