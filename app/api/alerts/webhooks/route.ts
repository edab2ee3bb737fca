import { isIP } from "node:net";
import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { addWebhook, listWebhooks, maxWebhooks } from "#lib/alerts/store/webhooks.ts";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { isPublicAddress } from "#lib/ops/public-address.ts";
import { ApiError } from "#lib/wire/errors.ts";

const urlField = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine((text) => {
    const { username, password } = new URL(text);
    return username === "" && password === "";
  });

/** The account's webhooks, without their secrets. */
export const GET = handle(async () => {
  const account = await requireApiAccount();
  return Response.json({ webhooks: await listWebhooks(getDb(), account.id) });
});

/** Adds a webhook and gives its secret, this once. */
export const POST = handle(async (request) => {
  const account = await requireApiAccount();
  const body = await readJson(request, z.strictObject({ url: z.string().trim() }));
  const url = urlField.safeParse(body.url);
  if (!url.success) throw new InvalidFields({ url: "Give an http or https address, without a password." });
  const { authSecret, alerts } = getConfig();
  if (!alerts.allowPrivateAddresses) refusePrivate(new URL(url.data).hostname);
  const made = await addWebhook(getDb(), authSecret, account.id, url.data);
  if (!made)
    throw new ApiError("invalid_request", `An account can have ${maxWebhooks} webhooks. Delete one first.`);
  return Response.json(made, { status: 201, headers: { "cache-control": "no-store" } });
});

/** Tells at once what every call would fail with; names are judged when they are called, by where they lead then. */
function refusePrivate(hostname: string): void {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  if (host !== "localhost" && (isIP(host) === 0 || isPublicAddress(host))) return;
  throw new InvalidFields({ url: "This address is private. This installation calls public ones only." });
}
