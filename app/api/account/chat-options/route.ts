import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { chatOptionsSchema } from "#lib/chat/options.ts";
import { setDefaultOptions } from "#lib/chat/store/options.ts";
import { getDb } from "#lib/db/client.ts";

/** Chooses what the account's new chats begin with. */
export const PUT = handle(async (request) => {
  const account = await requireApiAccount();
  const options = await readJson(request, chatOptionsSchema);
  await setDefaultOptions(getDb(), account.id, options);
  return new Response(null, { status: 204 });
});
