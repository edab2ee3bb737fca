import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { revokeKey } from "#lib/keys/store.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { toKeyRecord } from "../key-record.ts";

interface KeyPath {
  params: Promise<{ id: string }>;
}

/** Revokes a key for good. */
export const DELETE = handle<KeyPath>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const key = await revokeKey(getDb(), account.id, (await params).id);
  if (!key) throw new ApiError("not_found", "You have no such key.");
  return Response.json({ key: toKeyRecord(key) });
});
