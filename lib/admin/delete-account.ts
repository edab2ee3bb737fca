import { setTimeout as pause } from "node:timers/promises";
import { keyOf } from "#lib/chat/attachments/attachments.ts";
import type { Blobs } from "#lib/chat/attachments/blobs.ts";
import type { Db } from "#lib/db/client.ts";
import type { Actor } from "./store/account-changes.ts";
import {
  decideDeletion,
  deleteRows,
  hasRunningReplies,
  listContents,
  listUndeleted,
} from "./store/account-deletion.ts";

export interface DeletionPorts {
  db: Db;
  blobs: Pick<Blobs, "remove">;
  /** How long replies being written may take to stop. */
  stopMs?: number;
}

const stopMs = 5_000;
const pollMs = 100;
const removedAtOnce = 8;
/** A deletion that nobody has finished for as long was left by a process that died. */
const leftAfterMs = 2 * 60_000;

/** Deletes an account with all its data; false when there is no such account. What a crash leaves is finished by `finishDeletions`. */
export async function deleteAccount(ports: DeletionPorts, actor: Actor, id: string): Promise<boolean> {
  if (!(await decideDeletion(ports.db, actor, id))) return false;
  await carryOut(ports, id);
  return true;
}

/** Carries out what was decided and left undone. Gives how many accounts. */
export async function finishDeletions(ports: DeletionPorts, now: Date): Promise<number> {
  const ids = await listUndeleted(ports.db, new Date(now.getTime() - leftAfterMs));
  for (const id of ids) await carryOut(ports, id);
  return ids.length;
}

/** The bytes go first: once the rows are gone nothing would know of them. */
async function carryOut(ports: DeletionPorts, id: string): Promise<void> {
  const deadline = performance.now() + (ports.stopMs ?? stopMs);
  while (performance.now() < deadline && (await hasRunningReplies(ports.db, id))) await pause(pollMs);
  await removeContents(ports, id, await listContents(ports.db, id));
  await removeContents(ports, id, await deleteRows(ports.db, id));
}

async function removeContents({ blobs }: DeletionPorts, id: string, contents: readonly string[]) {
  for (let at = 0; at < contents.length; at += removedAtOnce) {
    const some = contents.slice(at, at + removedAtOnce);
    await Promise.all(some.map((sha256) => blobs.remove(keyOf(id, sha256))));
  }
}
