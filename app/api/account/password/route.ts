import { handle } from "#app/api/handle.ts";
import { callerOf } from "#lib/accounts/caller.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { parsePasswordChange } from "#lib/accounts/forms.ts";
import { hashPassword } from "#lib/accounts/password.ts";
import { changePassword } from "#lib/accounts/store/profile.ts";
import { getDb } from "#lib/db/client.ts";
import { readForm, requirePassword } from "../require-password.ts";

/** Changes the password and ends every other session; says how many. */
export const POST = handle(async (request) => {
  const account = await requireApiAccount();
  const { currentPassword, newPassword } = await readForm(request, parsePasswordChange);
  await requirePassword(request, account, currentPassword);
  const ended = await changePassword(getDb(), account, {
    passwordHash: await hashPassword(newPassword),
    address: callerOf(request.headers).address,
  });
  return Response.json({ ended });
});
