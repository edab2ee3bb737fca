import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { deliverSoon } from "#lib/alerts/job.ts";
import { addTest } from "#lib/alerts/store/deliveries.ts";
import { getDb } from "#lib/db/client.ts";

/** Sends a test to the account's own e-mail address. */
export const POST = handle(async () => {
  const { id, email } = await requireApiAccount();
  const deliveryId = await addTest(
    getDb(),
    id,
    { channel: "email", target: email, webhookId: null },
    new Date(),
  );
  deliverSoon();
  return Response.json({ deliveryId }, { status: 201 });
});
