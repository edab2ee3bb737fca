import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { rotateKey } from "#lib/keys/store/rotation.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { toKeyRecord } from "../../key-record.ts";

interface KeyPath {
  params: Promise<{ id: string }>;
}

/** Makes the key that replaces this one at its first use, and gives its secret, this once. */
export const POST = handle<KeyPath>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const made = await rotateKey(getDb(), account.id, (await params).id);
  if (!made) throw new ApiError("not_found", "You have no such key.");
  return Response.json(
    { key: toKeyRecord(made.key), apiKey: made.secret },
    { status: 201, headers: { "cache-control": "no-store" } },
  );
});
