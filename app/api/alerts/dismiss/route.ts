import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { dismissAlert } from "#lib/alerts/store/banner.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";

/** Puts an alert away: no banner shows it again. */
export const POST = handle(async (request) => {
  const account = await requireApiAccount();
  const { alertId } = await readJson(request, z.strictObject({ alertId: z.string() }));
  if (!(await dismissAlert(getDb(), account.id, alertId, new Date())))
    throw new ApiError("not_found", "You have no such alert.");
  return new Response(null, { status: 204 });
});
