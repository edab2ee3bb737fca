import type { Db } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { emailKeyOf } from "./account.ts";
import { getFirstAccountId } from "./store/admins.ts";

/** The only judge of who may use `/admin`: the accounts that ADMIN_EMAILS names, or the first account where it names none. */
export async function isAdmin(db: Db, account: { id: string; email: string }): Promise<boolean> {
  const { adminEmails } = getConfig();
  if (adminEmails.length > 0) return isAdminEmail(account.email);
  return (await getFirstAccountId(db)) === account.id;
}

/** Whether an account becomes admin by having this e-mail. */
export function isAdminEmail(email: string): boolean {
  return getConfig().adminEmails.some((each) => emailKeyOf(each) === emailKeyOf(email));
}
