import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { callerOf } from "#lib/accounts/caller.ts";
import { requireApiAdmin } from "#lib/accounts/current-account.ts";
import { startReconciliation } from "#lib/admin/reconcile/start.ts";
import { getDb } from "#lib/db/client.ts";
import { getConfig } from "#lib/ops/config.ts";
import { getLog } from "#lib/ops/log.ts";
import { ApiError } from "#lib/wire/errors.ts";

/** Begins a reconciliation, which goes on by itself; with `repair` it sets right what differs. */
export const POST = handle(async (request) => {
  const admin = await requireApiAdmin();
  const { repair } = await readJson(request, z.strictObject({ repair: z.boolean() }));
  const started = await startReconciliation(getDb(), {
    actorId: admin.id,
    address: callerOf(request.headers).address,
    processId: getConfig().processId,
    repair,
    log: getLog(),
  });
  if (!started)
    throw new ApiError("invalid_request", "A reconciliation is under way. Wait until it has ended.");
  return Response.json({ id: started.id }, { status: 202 });
});
