import type { Db } from "#lib/db/client.ts";

/** What an account has chosen of its alerts. */
export interface AlertChoices {
  /** Shares of the account's own budget; each key has its own. */
  percents: number[];
  byEmail: boolean;
}

export async function getAlertChoices(db: Db, accountId: string): Promise<AlertChoices> {
  const row = await db.account.findUniqueOrThrow({
    where: { id: accountId },
    select: { alertPercents: true, alertByEmail: true },
  });
  return { percents: row.alertPercents, byEmail: row.alertByEmail };
}

/** Changes some of them; what is left out stays. */
export async function setAlertChoices(
  db: Db,
  accountId: string,
  { percents, byEmail }: { percents?: number[] | undefined; byEmail?: boolean | undefined },
): Promise<void> {
  await db.account.update({
    where: { id: accountId },
    data: {
      ...(percents && { alertPercents: percents }),
      ...(byEmail !== undefined && { alertByEmail: byEmail }),
    },
  });
}
