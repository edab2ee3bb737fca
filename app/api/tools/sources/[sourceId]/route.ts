import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { toSourceRecord } from "#app/api/tools/sources/source-record.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { changeSource, removeSource } from "#lib/chat/tools/store/sources.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";

interface Context {
  params: Promise<{ sourceId: string }>;
}

const bodySchema = z.strictObject({ enabled: z.boolean() });

/** Switches a source on or off. */
export const PATCH = handle<Context>(async (request, { params }) => {
  const account = await requireApiAccount();
  const change = await readJson(request, bodySchema);
  const changed = await changeSource(getDb(), account.id, (await params).sourceId, change);
  return Response.json({ source: toSourceRecord(changed) });
});

/** Removes a source with its secret. */
export const DELETE = handle<Context>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const removed = await removeSource(getDb(), account.id, (await params).sourceId);
  if (!removed) throw new ApiError("not_found", "You have no such source of tools.");
  return new Response(null, { status: 204 });
});
