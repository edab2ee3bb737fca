import { handle } from "#app/api/handle.ts";
import { callerOf } from "#lib/accounts/caller.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { endOtherSessions } from "#lib/accounts/store/profile.ts";
import { getDb } from "#lib/db/client.ts";

/** Signs out every browser but this one. */
export const DELETE = handle(async (request) => {
  const account = await requireApiAccount();
  return Response.json({
    ended: await endOtherSessions(getDb(), account, callerOf(request.headers).address),
  });
});
