import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/** Removes for good what was deleted before `before`, at most `limit` chats; gives how many. */
export async function purgeDeletedChats(db: Db, before: Date, limit: number): Promise<number> {
  return db.$executeRaw(Prisma.sql`
    DELETE FROM chats WHERE id IN (
      SELECT id FROM chats WHERE deleted_at < ${before} ORDER BY deleted_at LIMIT ${limit}
    )`);
}

/** Deletes temporary chats whose time has come, at most `limit`; gives how many. */
export async function purgeTemporaryChats(db: Db, now: Date, limit: number): Promise<number> {
  return db.$executeRaw(Prisma.sql`
    DELETE FROM chats WHERE id IN (
      SELECT id FROM chats WHERE temporary_until <= ${now} ORDER BY temporary_until LIMIT ${limit}
    )`);
}
