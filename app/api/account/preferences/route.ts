import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { preferencesPatchSchema } from "#lib/accounts/preferences.ts";
import { updatePreferences } from "#lib/accounts/store/preferences.ts";
import { getDb } from "#lib/db/client.ts";

/** Changes the account's preferences: what is named, null forgets it. Answers with all of them. */
export const PATCH = handle(async (request) => {
  const account = await requireApiAccount();
  const patch = await readJson(request, preferencesPatchSchema);
  return Response.json({ preferences: await updatePreferences(getDb(), account.id, patch) });
});
