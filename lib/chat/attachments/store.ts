import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { newId } from "#lib/ops/ids.ts";
import { ChatRefusal } from "../refusal.ts";
import { type FilePart, toFilePart } from "./file-part.ts";

/** A file of an account without its bytes. */
export interface StoredFile {
  id: string;
  sha256: string;
  mediaType: string;
  filename: string;
  sizeBytes: number;
  width: number | null;
  height: number | null;
  pages: number | null;
  chars: number | null;
  truncated: boolean;
}

export type NewFile = Omit<StoredFile, "id"> & { text: string | null };

const shown = {
  id: true,
  sha256: true,
  mediaType: true,
  filename: true,
  sizeBytes: true,
  width: true,
  height: true,
  pages: true,
  chars: true,
  truncated: true,
} as const;

const writeMs = 60_000;

/** The part of a message that shows a file. */
export function partOf(file: StoredFile): FilePart {
  const { id, mediaType, filename, sizeBytes, truncated } = file;
  const sized = file.width !== null && file.height !== null ? { width: file.width, height: file.height } : {};
  return toFilePart({
    id,
    mediaType,
    filename,
    sizeBytes,
    ...sized,
    ...(file.pages === null ? {} : { pages: file.pages }),
    ...(file.chars === null ? {} : { chars: file.chars, truncated }),
  });
}

/**
 * Records a file; the same bytes under the same name again are the file there is. `write` stores the bytes meanwhile: no
 * sweep of the same content comes between.
 */
export async function recordFile(
  db: Db,
  accountId: string,
  file: NewFile,
  now: Date,
  write: () => Promise<void>,
): Promise<StoredFile> {
  const { sha256, filename } = file;
  return db.$transaction(
    async (tx) => {
      await lockContent(tx, accountId, sha256);
      const stored = await tx.attachment.upsert({
        where: { accountId_sha256_filename: { accountId, sha256, filename } },
        create: { id: newId("att"), accountId, ...file, createdAt: now, usedAt: now },
        update: { usedAt: now },
        select: shown,
      });
      await write();
      return stored;
    },
    { timeout: writeMs },
  );
}

/** One file of the account; null when it is absent or another account's. */
export async function getFile(db: Db, accountId: string, id: string): Promise<StoredFile | null> {
  return db.attachment.findFirst({ where: { id, accountId }, select: shown });
}

/** The text taken out of a file; null when there is none. */
export async function getFileText(db: Db, accountId: string, id: string): Promise<string | null> {
  const found = await db.attachment.findFirst({ where: { id, accountId }, select: { text: true } });
  return found?.text ?? null;
}

/** How many bytes the account's files take, each content counted once. */
export async function sumFileBytes(db: Db, accountId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ bytes: bigint | null }[]>`
    SELECT sum(size_bytes)::bigint AS bytes
    FROM (SELECT DISTINCT sha256, size_bytes FROM attachments WHERE account_id = ${accountId}) AS contents`;
  return Number(row?.bytes ?? 0);
}

/**
 * The parts of files that are being sent, in the order given, kept from the sweep as of now.
 * @throws ChatRefusal `file_missing`
 */
export async function takeFiles(
  tx: Prisma.TransactionClient,
  accountId: string,
  ids: readonly string[],
  now: Date,
): Promise<FilePart[]> {
  if (ids.length === 0) return [];
  const files = await tx.attachment.updateManyAndReturn({
    where: { accountId, id: { in: [...ids] } },
    data: { usedAt: now },
    select: shown,
  });
  const byId = new Map(files.map((file) => [file.id, file]));
  return ids.map((id) => {
    const file = byId.get(id);
    if (!file) throw new ChatRefusal("file_missing");
    return partOf(file);
  });
}

/** Files last used before `before` that no message shows, oldest first. */
export async function listUnused(
  db: Db,
  before: Date,
  limit: number,
): Promise<{ accountId: string; sha256: string }[]> {
  return db.$queryRaw`
    SELECT DISTINCT account_id AS "accountId", sha256 FROM (
      SELECT account_id, sha256 FROM attachments AS a
      WHERE used_at < ${before} AND ${notShown}
      ORDER BY used_at LIMIT ${limit}
    ) AS unused`;
}

/** Removes the unused files of one content, and with the last of them its bytes. Gives how many files went. */
export async function removeUnused(
  db: Db,
  content: { accountId: string; sha256: string },
  before: Date,
  removeBytes: () => Promise<void>,
): Promise<number> {
  const { accountId, sha256 } = content;
  return db.$transaction(
    async (tx) => {
      await lockContent(tx, accountId, sha256);
      const removed = await tx.$executeRaw`
        DELETE FROM attachments AS a
        WHERE account_id = ${accountId} AND sha256 = ${sha256} AND used_at < ${before} AND ${notShown}`;
      if ((await tx.attachment.count({ where: { accountId, sha256 } })) === 0) await removeBytes();
      return removed;
    },
    { timeout: writeMs },
  );
}

// The first condition is that of the index.
const notShown = Prisma.sql`NOT EXISTS (
  SELECT FROM messages WHERE parts @> '[{"type": "file"}]'
    AND parts @> jsonb_build_array(jsonb_build_object('type', 'file', 'url', '/api/attachments/' || a.id)))`;

/** Holds one content of an account until the transaction ends, also while nothing records it. */
async function lockContent(tx: Prisma.TransactionClient, accountId: string, sha256: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${accountId}/${sha256}`}, 0))`;
}
