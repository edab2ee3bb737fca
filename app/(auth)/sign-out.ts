"use server";

import { redirect } from "next/navigation";
import { signOut } from "#lib/accounts/auth.ts";
import { getAccount } from "#lib/accounts/current-account.ts";
import { deleteAllSessions } from "#lib/accounts/store/sessions.ts";
import { getDb } from "#lib/db/client.ts";

/** Signs this browser out and goes to the sign-in page. */
export async function signOutAction(): Promise<void> {
  await signOut({ redirect: false });
  redirect("/signin");
}

/** Signs every browser of the account out, this one too. */
export async function signOutEverywhereAction(): Promise<void> {
  const account = await getAccount();
  if (account) await deleteAllSessions(getDb(), account.id);
  await signOutAction();
}
