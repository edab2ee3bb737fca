import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { setAlertChoices } from "#lib/alerts/store/choices.ts";
import { getDb } from "#lib/db/client.ts";
import { percentsField, percentsSentence } from "./percents-field.ts";

const bodySchema = z.strictObject({ percents: z.unknown(), byEmail: z.boolean() }).partial();

/** Changes at which shares of its own budget the account is alerted, and whether by e-mail. */
export const PATCH = handle(async (request) => {
  const account = await requireApiAccount();
  const { percents, byEmail } = await readJson(request, bodySchema);
  const parsed = percentsField.optional().safeParse(percents);
  if (!parsed.success) throw new InvalidFields({ percents: percentsSentence });
  await setAlertChoices(getDb(), account.id, { percents: parsed.data, byEmail });
  return Response.json({ percents: parsed.data, byEmail });
});
