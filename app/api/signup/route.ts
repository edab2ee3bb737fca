import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { readJson } from "#app/api/read-json.ts";
import { signInNewAccount } from "#lib/accounts/auth.ts";
import { callerOf } from "#lib/accounts/caller.ts";
import { parseSignUpForm } from "#lib/accounts/forms.ts";
import { signUp } from "#lib/accounts/sign-up.ts";
import { getDb } from "#lib/db/client.ts";

/** Makes an account and its first key, shown this once. A browser (it sends `Origin`) is signed in as well. */
export const POST = handle(async (request) => {
  const parsed = parseSignUpForm(await readJson(request, z.unknown()));
  if (!parsed.ok) throw new InvalidFields(parsed.fields);
  const { account, apiKey } = await signUp(getDb(), parsed.form, callerOf(request.headers));
  if (request.headers.has("origin")) await signInNewAccount(account.id);
  return Response.json({ account, apiKey }, { status: 201, headers: { "cache-control": "no-store" } });
});
