import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { toRequestRecord } from "#lib/usage/metered-request.ts";
import { getRequest } from "#lib/usage/store/requests.ts";
import { ApiError } from "#lib/wire/errors.ts";

interface Context {
  params: Promise<{ requestId: string }>;
}

/** The metered record of a request, in the form of `GET /v1/requests/{id}`. */
export const GET = handle<Context>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const { requestId } = await params;
  const found = await getRequest(getDb(), account.id, requestId);
  if (!found) throw new ApiError("not_found", "There is no such request.");
  return Response.json(toRequestRecord(found), { headers: { "cache-control": "no-store" } });
});
