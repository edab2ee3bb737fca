import type { Db } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";
import type { Account } from "./account.ts";
import type { SignUpForm } from "./forms.ts";
import { hashPassword } from "./password.ts";
import { createAccount } from "./store/accounts.ts";
import { takeAttempt } from "./store/throttles.ts";
import { addressSubject, retrySentence, throttleRules } from "./throttle.ts";

const firstKeyName = "First key";

/**
 * Makes an account and its first key, whose secret is returned this once.
 * @throws ApiError `rate_limited` when too many accounts were asked for from `address`, `email_taken`
 */
export async function signUp(
  db: Db,
  form: SignUpForm,
  caller: { address: string; now: Date },
): Promise<{ account: Account; apiKey: string }> {
  const { address, now } = caller;
  const attempt = await takeAttempt(
    db,
    addressSubject("signup", address),
    throttleRules.signUpByAddress,
    now,
  );
  if (!attempt.allowed) {
    const { retryAfterS } = attempt;
    const message = `Too many sign-ups from this address. ${retrySentence(retryAfterS)}`;
    throw new ApiError("rate_limited", message, { retryAfterS });
  }
  const { email, name, password } = form;
  const passwordHash = await hashPassword(password);
  const made = await createAccount(db, { email, name, passwordHash, address, firstKeyName });
  if (!made) {
    throw new ApiError("email_taken", "There is already an account with this e-mail.", { param: "email" });
  }
  return made;
}
