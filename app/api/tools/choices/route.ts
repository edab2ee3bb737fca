import { z } from "zod";
import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { approvalSchema } from "#lib/chat/tools/approval.ts";
import { hasTool } from "#lib/chat/tools/settings.ts";
import { setChoice } from "#lib/chat/tools/store/choices.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";

const bodySchema = z.strictObject({
  tool: z.string().max(300),
  enabled: z.boolean(),
  approval: approvalSchema,
});

/** Switches a tool of the account on or off, and chooses when it asks. */
export const PUT = handle(async (request) => {
  const account = await requireApiAccount();
  const choice = await readJson(request, bodySchema);
  if (!(await hasTool(getDb(), account.id, choice.tool))) {
    throw new ApiError("not_found", "You have no such tool.");
  }
  await setChoice(getDb(), account.id, choice);
  return Response.json(choice);
});
