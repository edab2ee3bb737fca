import { recordAudit } from "#lib/db/audit.ts";
import type { Db } from "#lib/db/client.ts";
import { isTaken } from "#lib/db/is-taken.ts";
import { createKeyIn } from "#lib/keys/store.ts";
import { newId } from "#lib/ops/ids.ts";
import { type Account, emailKeyOf } from "../account.ts";

export interface NewAccount {
  email: string;
  name: string | null;
  passwordHash: string;
  /** From where it is made, for the audit. */
  address: string;
  firstKeyName: string;
}

export interface Credentials {
  account: Account;
  passwordHash: string;
  disabled: boolean;
}

const shown = { id: true, email: true, name: true, plan: true } as const;

/**
 * Makes an account with its first key, all or nothing; null when the e-mail is taken, in whatever case.
 * The key's secret is returned this once.
 */
export async function createAccount(
  db: Db,
  input: NewAccount,
): Promise<{ account: Account; apiKey: string } | null> {
  const { email, name, passwordHash, address, firstKeyName } = input;
  const id = newId("acc");
  try {
    return await db.$transaction(async (tx) => {
      const account = await tx.account.create({
        data: { id, email, emailKey: emailKeyOf(email), name, passwordHash },
        select: shown,
      });
      await recordAudit(tx, { actorId: id, action: "account.created", targetId: id, address });
      const { secret } = await createKeyIn(tx, id, { name: firstKeyName });
      return { account, apiKey: secret };
    });
  } catch (error) {
    if (isTaken(error)) return null;
    throw error;
  }
}

/** What is needed to check a password; null when nobody has this e-mail. */
export async function getCredentials(db: Db, emailKey: string): Promise<Credentials | null> {
  const row = await db.account.findUnique({
    where: { emailKey },
    select: { ...shown, passwordHash: true, disabledAt: true },
  });
  if (!row) return null;
  const { passwordHash, disabledAt, ...account } = row;
  return { account, passwordHash, disabled: disabledAt !== null };
}
