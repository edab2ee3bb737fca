import { handle } from "#app/api/handle.ts";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { callerOf } from "#lib/accounts/caller.ts";
import { requireApiAdmin } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { setPrice } from "#lib/usage/store/prices.ts";
import { readNewPrice } from "./price-fields.ts";

const sentences = {
  too_soon: "Give a time that is still to come, or leave it empty for at once.",
  taken: "There are prices of this model from this moment on already. Withdraw them first.",
};

/** Sets the prices of a model from a moment on. */
export const POST = handle(async (request) => {
  const admin = await requireApiAdmin();
  const price = await readNewPrice(request);
  const actor = { id: admin.id, address: callerOf(request.headers).address };
  const set = await setPrice(getDb(), actor, price);
  if (!set.ok) throw new InvalidFields({ effectiveAt: sentences[set.reason] });
  return Response.json({ effectiveAt: set.effectiveAt.toISOString() }, { status: 201 });
});
