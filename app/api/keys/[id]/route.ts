import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { revokeKey, updateKey } from "#lib/keys/store.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { readKeyFields } from "../key-fields.ts";
import { toKeyRecord } from "../key-record.ts";

interface KeyPath {
  params: Promise<{ id: string }>;
}

/** Changes a key's name or limits. */
export const PATCH = handle<KeyPath>(async (request, { params }) => {
  const account = await requireApiAccount();
  const change = await readKeyFields(request);
  const key = await updateKey(getDb(), account.id, (await params).id, change);
  if (!key) throw new ApiError("not_found", "You have no such key, or it is revoked.");
  return Response.json({ key: toKeyRecord(key) });
});

/** Revokes a key for good. */
export const DELETE = handle<KeyPath>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const key = await revokeKey(getDb(), account.id, (await params).id);
  if (!key) throw new ApiError("not_found", "You have no such key.");
  return Response.json({ key: toKeyRecord(key) });
});
