import type { Db } from "#lib/db/client.ts";
import type { Preferences, PreferencesPatch } from "../choices.ts";
import { storedPreferencesSchema } from "../preferences.ts";

/** Changes some of an account's preferences, in one statement, so that changes at the same time keep each other's. */
export async function updatePreferences(
  db: Db,
  accountId: string,
  patch: PreferencesPatch,
): Promise<Preferences> {
  const given = JSON.stringify(patch);
  const rows = await db.$queryRaw<{ preferences: unknown }[]>`
    update accounts set preferences = jsonb_strip_nulls(preferences || ${given}::jsonb)
    where id = ${accountId} returning preferences`;
  return storedPreferencesSchema.parse(rows[0]?.preferences);
}
