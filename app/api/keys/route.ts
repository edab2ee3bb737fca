import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { InvalidFields } from "#app/api/invalid-fields.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { createKey, listKeys } from "#lib/keys/store.ts";
import { toKeyRecord } from "./key-record.ts";

const nameLength = 60;
const nameSentence = `Give the key a name of 1 to ${nameLength} characters.`;
const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(nameLength)
  .regex(/^\P{Cc}*$/u);

/** The account's keys, without their secrets. */
export const GET = handle(async () => {
  const account = await requireApiAccount();
  const keys = await listKeys(getDb(), account.id);
  return Response.json({ keys: keys.map(toKeyRecord) });
});

/** Makes a key and gives its secret, this once. */
export const POST = handle(async (request) => {
  const account = await requireApiAccount();
  const body = await readJson(request, z.strictObject({ name: z.unknown() }));
  const name = nameSchema.safeParse(body.name);
  if (!name.success) throw new InvalidFields({ name: nameSentence });
  const { key, secret } = await createKey(getDb(), account.id, { name: name.data });
  return Response.json(
    { key: toKeyRecord(key), apiKey: secret },
    { status: 201, headers: { "cache-control": "no-store" } },
  );
});
