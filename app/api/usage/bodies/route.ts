import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { bodyDays } from "#lib/usage/kept-body.ts";
import { deleteAllBodies, setBodyDays } from "#lib/usage/store/request-bodies.ts";

const choiceSchema = z.strictObject({ days: z.literal(bodyDays).nullable() });

/** Chooses for how many days bodies of the account's API requests are kept; null for not at all. */
export const PATCH = handle(async (request) => {
  const account = await requireApiAccount();
  const { days } = await readJson(request, choiceSchema);
  await setBodyDays(getDb(), account.id, days);
  return Response.json({ days });
});

/** Deletes every body that is kept of the account's requests. */
export const DELETE = handle(async () => {
  const account = await requireApiAccount();
  return Response.json({ deleted: await deleteAllBodies(getDb(), account.id) });
});
