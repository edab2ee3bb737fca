import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { createKey, listKeys } from "#lib/keys/store.ts";
import { readNewKey } from "./key-fields.ts";
import { toKeyRecord } from "./key-record.ts";

/** The account's keys, without their secrets. */
export const GET = handle(async () => {
  const account = await requireApiAccount();
  const keys = await listKeys(getDb(), account.id);
  return Response.json({ keys: keys.map(toKeyRecord) });
});

/** Makes a key and gives its secret, this once. */
export const POST = handle(async (request) => {
  const account = await requireApiAccount();
  const { key, secret } = await createKey(getDb(), account.id, await readNewKey(request));
  return Response.json(
    { key: toKeyRecord(key), apiKey: secret },
    { status: 201, headers: { "cache-control": "no-store" } },
  );
});
