import { handle } from "#app/api/handle.ts";
import { callerOf } from "#lib/accounts/caller.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { endSession } from "#lib/accounts/store/profile.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";

/** Signs one browser of the account out. */
export const DELETE = handle<{ params: Promise<{ sessionId: string }> }>(async (request, { params }) => {
  const account = await requireApiAccount();
  const { address } = callerOf(request.headers);
  if (!(await endSession(getDb(), account.id, (await params).sessionId, address))) {
    throw new ApiError("not_found", "You have no such session.");
  }
  return new Response(null, { status: 204 });
});
