import type { Db } from "#lib/db/client.ts";
import { findLiveKey, type KeyInfo } from "#lib/keys/store.ts";
import type { Payer } from "#lib/usage/admission.ts";

/** Who calls. */
export interface Caller {
  accountId: string;
  /** Null for the account's own chat. */
  key: KeyInfo | null;
}

/** The live account and key of a payer, by admission's rules; else null. */
export async function findCaller(db: Db, payer: Payer, now: Date): Promise<Caller | null> {
  if (payer.kind === "key") return findLiveKey(db, payer.hash, now);
  const { accountId } = payer;
  const found = await db.account.findFirst({
    where: { id: accountId, disabledAt: null },
    select: { id: true },
  });
  return found && { accountId, key: null };
}

/** Which of these hashes belong to keys, in force or not. */
export async function findKeyHashes(db: Db, hashes: readonly string[]): Promise<string[]> {
  const found = await db.$queryRaw<{ hash: string }[]>`SELECT hash FROM keys WHERE hash = ANY(${hashes})`;
  return found.map(({ hash }) => hash);
}

/** Whether it is only the account's being disabled that keeps a payer out. */
export async function isOfDisabledAccount(db: Db, payer: Payer): Promise<boolean> {
  const disabled = { disabledAt: { not: null } };
  const found =
    payer.kind === "key"
      ? await db.key.findFirst({
          where: { hash: payer.hash, revokedAt: null, account: disabled },
          select: { id: true },
        })
      : await db.account.findFirst({ where: { id: payer.accountId, ...disabled }, select: { id: true } });
  return found !== null;
}

/** Whether the database answers within `timeoutMs`. */
export async function isDatabaseUp(db: Db, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  const asked = db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
  const up = await Promise.race([asked, late]);
  clearTimeout(timer);
  return up;
}
