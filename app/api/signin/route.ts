import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { readJson } from "#app/api/read-json.ts";
import { signIn } from "#lib/accounts/auth.ts";
import { parseSignInForm } from "#lib/accounts/forms.ts";
import { refusalError } from "#lib/accounts/refusal.ts";
import { SignInRefused } from "#lib/accounts/sign-in-refused.ts";

/** Signs the browser in: 204 with the session's cookie, or the reason in words that stand beside the form. */
export const POST = handle(async (request) => {
  const parsed = parseSignInForm(await readJson(request, z.unknown()));
  if (!parsed.ok) throw new InvalidFields(parsed.fields);
  try {
    await signIn("credentials", { ...parsed.form, redirect: false, redirectTo: "/chat" });
  } catch (error) {
    if (error instanceof SignInRefused) throw refusalError(error.refusal);
    throw error;
  }
  return new Response(null, { status: 204 });
});
