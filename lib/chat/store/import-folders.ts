import type { Db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { storableText } from "#lib/ops/storable-text.ts";
import type { FolderName } from "../transfer/filing.ts";
import { ownFolderId } from "../transfer/imported-chat.ts";

/** Makes the folders of an export that the account has not got, in their order. */
export async function storeFolders(db: Db, accountId: string, folders: readonly FolderName[]): Promise<void> {
  await db.$transaction(async (tx) => {
    for (const folder of folders) await findOrMakeFolder(tx, accountId, folder);
  });
}

/**
 * The id of the account's folder for one of an export: the very one, the one that an earlier import made of it, or else a new one, the
 * account's last. Two folders of one name stay two.
 */
export async function findOrMakeFolder(
  tx: Prisma.TransactionClient,
  accountId: string,
  { id, name }: FolderName,
): Promise<string> {
  const ownId = ownFolderId(accountId, id);
  // Two imports at once make one folder.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`folders/${accountId}`}, 0))`;
  const found = await tx.folder.findFirst({
    where: { accountId, deletedAt: null, id: { in: [id, ownId] } },
    select: { id: true },
  });
  if (found) return found.id;
  const last = await tx.folder.aggregate({ where: { accountId }, _max: { position: true } });
  const made = { name: storableText(name), position: (last._max.position ?? 0) + 1, deletedAt: null };
  // One that had been deleted comes back.
  await tx.folder.upsert({ where: { id: ownId }, create: { id: ownId, accountId, ...made }, update: made });
  return ownId;
}
