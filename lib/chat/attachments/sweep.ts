import type { Db } from "#lib/db/client.ts";
import { keyOf } from "./attachments.ts";
import type { Blobs } from "./blobs.ts";
import { listUnused, removeUnused } from "./store.ts";

const unusedKeptMs = 24 * 60 * 60_000;

/** Removes files that no message has shown for a day: uploads never sent, and those of chats that are gone. Gives how many. */
export async function sweepFiles(
  { db, blobs, now }: { db: Db; blobs: Blobs; now: () => number },
  limit: number,
): Promise<number> {
  const before = new Date(now() - unusedKeptMs);
  let removed = 0;
  for (const content of await listUnused(db, before, limit)) {
    const key = keyOf(content.accountId, content.sha256);
    removed += await removeUnused(db, content, before, () => blobs.remove(key));
  }
  return removed;
}
