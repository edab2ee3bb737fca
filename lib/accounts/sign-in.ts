import type { Db } from "#lib/db/client.ts";
import { type Account, emailKeyOf } from "./account.ts";
import { verifyPassword } from "./password.ts";
import { getCredentials } from "./store/accounts.ts";
import { giveBackAttempt, takeAttempt } from "./store/throttles.ts";
import { addressSubject, emailSubject, throttleRules } from "./throttle.ts";

export interface SignInAttempt {
  email: string;
  password: string;
  address: string;
  now: Date;
}

export type SignInResult =
  | { ok: true; account: Account }
  | { ok: false; reason: "wrong_credentials" | "disabled" }
  | { ok: false; reason: "throttled"; by: "email" | "address"; retryAfterS: number };

/**
 * Checks an e-mail and password. Every attempt is counted against the address and the e-mail before the password is
 * looked at, so that parallel guesses gain nothing; one that succeeds is given back.
 */
export async function checkCredentials(
  db: Db,
  attempt: SignInAttempt,
  verify: typeof verifyPassword = verifyPassword,
): Promise<SignInResult> {
  const { password, address, now } = attempt;
  const emailKey = emailKeyOf(attempt.email);
  const byAddress = await takeAttempt(
    db,
    addressSubject("signin", address),
    throttleRules.signInByAddress,
    now,
  );
  if (!byAddress.allowed) {
    return { ok: false, reason: "throttled", by: "address", retryAfterS: byAddress.retryAfterS };
  }
  const byEmail = await takeAttempt(db, emailSubject(emailKey), throttleRules.signInByEmail, now);
  if (!byEmail.allowed)
    return { ok: false, reason: "throttled", by: "email", retryAfterS: byEmail.retryAfterS };

  const found = await getCredentials(db, emailKey);
  const fits = await verify(found?.passwordHash ?? null, password);
  if (!found || !fits) return { ok: false, reason: "wrong_credentials" };
  await Promise.all([giveBackAttempt(db, byAddress), giveBackAttempt(db, byEmail)]);
  return found.disabled ? { ok: false, reason: "disabled" } : { ok: true, account: found.account };
}
