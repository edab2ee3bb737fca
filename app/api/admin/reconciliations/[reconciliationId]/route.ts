import { handle } from "#app/api/handle.ts";
import { requireApiAdmin } from "#lib/accounts/current-account.ts";
import { getReconciliation } from "#lib/admin/store/reconciliations.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";

/** How far a reconciliation is, and what it found. */
export const GET = handle<{ params: Promise<{ reconciliationId: string }> }>(async (_request, { params }) => {
  await requireApiAdmin();
  const run = await getReconciliation(getDb(), (await params).reconciliationId, new Date());
  if (!run) throw new ApiError("not_found", "There is no such reconciliation.");
  return Response.json({ reconciliation: run });
});
