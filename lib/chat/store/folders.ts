import type { Db } from "#lib/db/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { storableText } from "#lib/ops/storable-text.ts";

export interface Folder {
  id: string;
  name: string;
}

const shown = { id: true, name: true } as const;

/** The account's folders in the order they were made. */
export async function listFolders(db: Db, accountId: string): Promise<Folder[]> {
  return db.folder.findMany({
    where: { accountId, deletedAt: null },
    orderBy: [{ position: "asc" }, { id: "asc" }],
    select: shown,
  });
}

/** Makes a folder, the last of the account's. */
export async function createFolder(db: Db, accountId: string, name: string): Promise<Folder> {
  const last = await db.folder.aggregate({ where: { accountId }, _max: { position: true } });
  const position = (last._max.position ?? 0) + 1;
  return db.folder.create({
    data: { id: newId("fld"), accountId, name: storableText(name), position },
    select: shown,
  });
}

/** Null when there is no such folder. */
export async function renameFolder(
  db: Db,
  accountId: string,
  folderId: string,
  name: string,
): Promise<Folder | null> {
  const [renamed] = await db.folder.updateManyAndReturn({
    where: { id: folderId, accountId, deletedAt: null },
    data: { name: storableText(name) },
    select: shown,
  });
  return renamed ?? null;
}

/** Deletes a folder, whose chats are then in none. False when there is no such folder. */
export async function deleteFolder(db: Db, accountId: string, folderId: string, now: Date): Promise<boolean> {
  const where = { id: folderId, accountId, deletedAt: null };
  const { count } = await db.folder.updateMany({ where, data: { deletedAt: now } });
  return count > 0;
}

/** Brings a deleted folder back, with the chats that have not been put elsewhere. False when there is no such folder. */
export async function restoreFolder(db: Db, accountId: string, folderId: string): Promise<boolean> {
  const { count } = await db.folder.updateMany({
    where: { id: folderId, accountId },
    data: { deletedAt: null },
  });
  return count > 0;
}

/** Removes for good the folders deleted before `before`. */
export async function purgeDeletedFolders(db: Db, before: Date): Promise<void> {
  await db.folder.deleteMany({ where: { deletedAt: { lt: before } } });
}
