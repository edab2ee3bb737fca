import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { rotateWebhookSecret } from "#lib/alerts/store/webhooks.ts";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { ApiError } from "#lib/wire/errors.ts";

interface WebhookPath {
  params: Promise<{ webhookId: string }>;
}

/** Gives a webhook a new secret, this once; for a day the old one signs too. */
export const POST = handle<WebhookPath>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const rotated = await rotateWebhookSecret(getDb(), getConfig().authSecret, {
    accountId: account.id,
    id: (await params).webhookId,
    now: new Date(),
  });
  if (!rotated) throw new ApiError("not_found", "You have no such webhook.");
  return Response.json(rotated, { status: 201, headers: { "cache-control": "no-store" } });
});
