import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { promptLimits } from "#lib/chat/prompt-limits.ts";
import { createPrompt, listPrompts } from "#lib/chat/store/prompts.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { promptBodySchema } from "./prompt-body.ts";

/** The account's prompts. */
export const GET = handle(async () => {
  const account = await requireApiAccount();
  return Response.json({ prompts: await listPrompts(getDb(), account.id) });
});

/** Makes a prompt. */
export const POST = handle(async (request) => {
  const account = await requireApiAccount();
  const prompt = await createPrompt(getDb(), account.id, await readJson(request, promptBodySchema));
  if (!prompt) {
    throw new ApiError(
      "invalid_request",
      `An account can have ${promptLimits.count} prompts. Delete one first.`,
    );
  }
  return Response.json({ prompt }, { status: 201 });
});
