import type { Db } from "#lib/db/client.ts";
import type { Payer } from "#lib/usage/admission.ts";

/** The account of a live payer, by admission's rules: its key known, not revoked, not expired, the account not disabled. Else null. */
export async function findPayingAccount(db: Db, payer: Payer, now: Date): Promise<string | null> {
  if (payer.kind === "account") {
    const account = await db.account.findFirst({
      where: { id: payer.accountId, disabledAt: null },
      select: { id: true },
    });
    return account?.id ?? null;
  }
  const key = await db.key.findFirst({
    where: {
      hash: payer.hash,
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
      account: { disabledAt: null },
    },
    select: { accountId: true },
  });
  return key?.accountId ?? null;
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
