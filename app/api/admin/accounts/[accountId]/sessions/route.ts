import { handle } from "#app/api/handle.ts";
import { callerOf } from "#lib/accounts/caller.ts";
import { requireApiAdmin } from "#lib/accounts/current-account.ts";
import { endSessions } from "#lib/admin/store/account-changes.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";

/** Signs an account out everywhere. */
export const DELETE = handle<{ params: Promise<{ accountId: string }> }>(async (request, { params }) => {
  const admin = await requireApiAdmin();
  const actor = { id: admin.id, address: callerOf(request.headers).address };
  const ended = await endSessions(getDb(), actor, (await params).accountId);
  if (ended === null) throw new ApiError("not_found", "There is no such account.");
  return Response.json({ ended });
});
