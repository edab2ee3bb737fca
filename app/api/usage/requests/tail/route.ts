import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { answerTail } from "./answer-tail.ts";

/** What has come into the account's log since a moment. */
export const GET = handle(async (request) => {
  const account = await requireApiAccount();
  return answerTail(request, { kind: "account", accountId: account.id });
});
