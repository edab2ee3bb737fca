import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { deliverSoon } from "#lib/alerts/job.ts";
import { addTest } from "#lib/alerts/store/deliveries.ts";
import { getWebhook } from "#lib/alerts/store/webhooks.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";

interface WebhookPath {
  params: Promise<{ webhookId: string }>;
}

/** Sends a test to a webhook. */
export const POST = handle<WebhookPath>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const webhook = await getWebhook(getDb(), account.id, (await params).webhookId);
  if (!webhook) throw new ApiError("not_found", "You have no such webhook.");
  const to = { channel: "webhook", target: webhook.url, webhookId: webhook.id } as const;
  const deliveryId = await addTest(getDb(), account.id, to, new Date());
  deliverSoon();
  return Response.json({ deliveryId }, { status: 201 });
});
