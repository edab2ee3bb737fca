import { handle } from "#app/api/handle.ts";
import { answerTail } from "#app/api/usage/requests/tail/answer-tail.ts";
import { requireApiAdmin } from "#lib/accounts/current-account.ts";

/** What has come into the log of all accounts since a moment. */
export const GET = handle(async (request) => {
  await requireApiAdmin();
  return answerTail(request, { kind: "installation" });
});
