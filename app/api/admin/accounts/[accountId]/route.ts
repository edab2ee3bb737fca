import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { readJson } from "#app/api/read-json.ts";
import { isAdmin } from "#lib/accounts/admin.ts";
import { callerOf } from "#lib/accounts/caller.ts";
import { requireApiAdmin } from "#lib/accounts/current-account.ts";
import type { AccountDetail } from "#lib/admin/account-views.ts";
import { deleteAccount } from "#lib/admin/delete-account.ts";
import { changeAccount, disableAccount, enableAccount } from "#lib/admin/store/account-changes.ts";
import { getAccountDetail } from "#lib/admin/store/accounts.ts";
import { getBlobs } from "#lib/chat/attachments/blobs.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { readAccountChange } from "../account-fields.ts";

interface AccountPath {
  params: Promise<{ accountId: string }>;
}

/** Changes an account's plan and limits, disables or enables it. */
export const PATCH = handle<AccountPath>(async (request, { params }) => {
  const admin = await requireApiAdmin();
  const { accountId } = await params;
  const { change, disabled } = await readAccountChange(request);
  const actor = { id: admin.id, address: callerOf(request.headers).address };
  const account = await requireAccountDetail(accountId);
  if (disabled) await refuseForAdmins(account, "disabled");
  const found = await changeAccount(getDb(), actor, accountId, change);
  const switched =
    disabled === undefined ||
    (disabled
      ? await disableAccount(getDb(), actor, accountId)
      : await enableAccount(getDb(), actor, accountId));
  if (!found || !switched) throw new ApiError("not_found", "There is no such account.");
  return Response.json({ ok: true });
});

/** Deletes an account with all its data; `confirm` repeats its e-mail. */
export const DELETE = handle<AccountPath>(async (request, { params }) => {
  const admin = await requireApiAdmin();
  const { accountId } = await params;
  const account = await requireAccountDetail(accountId);
  const { confirm } = await readJson(request, z.strictObject({ confirm: z.string().max(300) }));
  if (confirm.trim() !== account.email) throw new InvalidFields({ confirm: "Type the account's e-mail." });
  await refuseForAdmins(account, "deleted");
  const actor = { id: admin.id, address: callerOf(request.headers).address };
  await deleteAccount({ db: getDb(), blobs: getBlobs() }, actor, accountId);
  return new Response(null, { status: 204 });
});

async function requireAccountDetail(id: string): Promise<AccountDetail> {
  const account = await getAccountDetail(getDb(), id, new Date());
  if (!account) throw new ApiError("not_found", "There is no such account.");
  return account;
}

/** Without its first account an installation would take the next one for its admin. */
async function refuseForAdmins(account: AccountDetail, what: "disabled" | "deleted"): Promise<void> {
  if (!(await isAdmin(getDb(), account))) return;
  throw new ApiError(
    "invalid_request",
    `This account is an admin and cannot be ${what}. Name another admin in ADMIN_EMAILS first.`,
  );
}
