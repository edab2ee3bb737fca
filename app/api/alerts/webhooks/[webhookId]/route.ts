import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { deleteWebhook, setWebhookEnabled } from "#lib/alerts/store/webhooks.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";

interface WebhookPath {
  params: Promise<{ webhookId: string }>;
}

/** Switches a webhook off or on. */
export const PATCH = handle<WebhookPath>(async (request, { params }) => {
  const account = await requireApiAccount();
  const { enabled } = await readJson(request, z.strictObject({ enabled: z.boolean() }));
  const webhook = await setWebhookEnabled(getDb(), account.id, (await params).webhookId, enabled);
  if (!webhook) throw new ApiError("not_found", "You have no such webhook.");
  return Response.json({ webhook });
});

/** Deletes a webhook. */
export const DELETE = handle<WebhookPath>(async (_request, { params }) => {
  const account = await requireApiAccount();
  if (!(await deleteWebhook(getDb(), account.id, (await params).webhookId)))
    throw new ApiError("not_found", "You have no such webhook.");
  return new Response(null, { status: 204 });
});
