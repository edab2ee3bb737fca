import { InvalidFields } from "#app/api/invalid-fields.ts";
import { callerOf } from "#lib/accounts/caller.ts";
import type { ParsedForm } from "#lib/accounts/forms.ts";
import { refusalError } from "#lib/accounts/refusal.ts";
import { checkCredentials } from "#lib/accounts/sign-in.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";

/**
 * The form in the request's body.
 * @throws InvalidFields; ApiError `invalid_request` where the body is no JSON
 */
export async function readForm<T>(request: Request, parse: (value: unknown) => ParsedForm<T>): Promise<T> {
  const body: unknown = await request.json().catch((cause: unknown) => {
    throw new ApiError("invalid_request", "The request body is not valid JSON.", { cause });
  });
  const parsed = parse(body);
  if (!parsed.ok) throw new InvalidFields(parsed.fields);
  return parsed.form;
}

/**
 * Makes sure that whoever sits at a signed-in browser knows the account's password. Guesses are counted as those of signing in.
 * @throws InvalidFields, ApiError `rate_limited`
 */
export async function requirePassword(
  request: Request,
  { email }: { email: string },
  password: string,
): Promise<void> {
  const { address, now } = callerOf(request.headers);
  const checked = await checkCredentials(getDb(), { email, password, address, now });
  if (checked.ok) return;
  if (checked.reason === "wrong_credentials") {
    throw new InvalidFields({ currentPassword: "This is not your password." });
  }
  throw refusalError(checked);
}
