import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { ApiError } from "#lib/wire/errors.ts";
import type { SignedInAccount } from "./account.ts";
import { isAdmin } from "./admin.ts";
import { signInPathFor } from "./local-path.ts";
import { pageAccountHeader } from "./page-account-header.ts";
import { readSessionId } from "./session-id.ts";
import { getSessionAccount } from "./store/sessions.ts";

/** Who made the request being answered; null without a session in force. For pages, handlers and server actions. */
export async function getAccount(): Promise<SignedInAccount | null> {
  const sessionId = await readSessionId(await headers(), getConfig().authSecret);
  return sessionId === null ? null : getSessionAccount(getDb(), sessionId, new Date());
}

/** For pages: the signed-in account, or a redirect to the sign-in page, which leads back to this page. */
export async function requireAccount(): Promise<SignedInAccount> {
  const account = await getAccount();
  if (account) return account;
  const path = (await headers()).get("x-page-path");
  return redirect(signInPathFor(path));
}

/**
 * For handlers wrapped in `handle`: the signed-in account. A page of somebody else, in a tab where they were signed in before, is as
 * signed out.
 * @throws ApiError `not_signed_in` (401)
 */
export async function requireApiAccount(): Promise<SignedInAccount> {
  const account = await getAccount();
  if (!account) throw new ApiError("not_signed_in", "You are signed out. Sign in and try again.");
  const pageOf = (await headers()).get(pageAccountHeader);
  if (pageOf !== null && pageOf !== account.id) {
    throw new ApiError(
      "not_signed_in",
      "Somebody else has signed in in this browser. Sign in again as yourself.",
    );
  }
  return account;
}

/** For pages of `/admin`: the signed-in admin. To everybody else there is no such page. */
export async function requireAdmin(): Promise<SignedInAccount> {
  const account = await requireAccount();
  return (await isAdmin(getDb(), account)) ? account : notFound();
}

/**
 * For handlers below `/api/admin`: the signed-in admin.
 * @throws ApiError `not_signed_in` (401), `not_found` (404) for everybody else
 */
export async function requireApiAdmin(): Promise<SignedInAccount> {
  const account = await requireApiAccount();
  if (await isAdmin(getDb(), account)) return account;
  throw new ApiError("not_found", "There is nothing at this path.");
}
