import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { deliverSoon } from "#lib/alerts/job.ts";
import { redeliver } from "#lib/alerts/store/deliveries.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";

interface DeliveryPath {
  params: Promise<{ deliveryId: string }>;
}

/** Sends a delivery again, now. */
export const POST = handle<DeliveryPath>(async (_request, { params }) => {
  const account = await requireApiAccount();
  if (!(await redeliver(getDb(), account.id, (await params).deliveryId, new Date())))
    throw new ApiError("not_found", "You have no such delivery.");
  deliverSoon();
  return new Response(null, { status: 204 });
});
