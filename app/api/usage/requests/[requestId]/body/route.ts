import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { getDb } from "#lib/db/client.ts";
import { deleteBody } from "#lib/usage/store/request-bodies.ts";
import { ApiError } from "#lib/wire/errors.ts";

interface Context {
  params: Promise<{ requestId: string }>;
}

/** Deletes what is kept of a request's bodies; the request's record stays. */
export const DELETE = handle<Context>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const { requestId } = await params;
  const deleted = await deleteBody(getDb(), { accountId: account.id, requestId });
  if (!deleted) throw new ApiError("not_found", "Nothing is kept of this request.");
  return new Response(null, { status: 204 });
});
