import { handle } from "#app/api/handle.ts";
import { callerOf } from "#lib/accounts/caller.ts";
import { requireApiAdmin } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { withdrawPrice } from "#lib/usage/store/prices.ts";
import { ApiError } from "#lib/wire/errors.ts";

/** Takes prices back before they come into force. */
export const DELETE = handle<{ params: Promise<{ priceId: string }> }>(async (request, { params }) => {
  const admin = await requireApiAdmin();
  const actor = { id: admin.id, address: callerOf(request.headers).address };
  if (!(await withdrawPrice(getDb(), actor, (await params).priceId))) {
    throw new ApiError("not_found", "There are no such prices, or they are in force.");
  }
  return new Response(null, { status: 204 });
});
