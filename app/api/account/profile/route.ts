import { handle } from "#app/api/handle.ts";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { isAdminEmail } from "#lib/accounts/admin.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { parseProfileForm } from "#lib/accounts/forms.ts";
import { updateProfile } from "#lib/accounts/store/profile.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { readForm, requirePassword } from "../require-password.ts";

/** Changes name and e-mail; a new e-mail needs the password. */
export const PATCH = handle(async (request) => {
  const account = await requireApiAccount();
  const { name, email, currentPassword } = await readForm(request, parseProfileForm);
  if (email !== account.email) {
    // Whoever has such an e-mail is admin, so it is not one to be moved to or from in passing.
    if (isAdminEmail(email) !== isAdminEmail(account.email)) {
      throw new InvalidFields({ email: "This installation's ADMIN_EMAILS stands against this e-mail." });
    }
    await requirePassword(request, account, currentPassword ?? "");
  }
  if (!(await updateProfile(getDb(), account.id, { name, email }))) {
    throw new ApiError("email_taken", "There is already an account with this e-mail.");
  }
  return Response.json({ name, email });
});
