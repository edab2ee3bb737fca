import { handle } from "#app/api/handle.ts";
import { readJson } from "#app/api/read-json.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { changePrompt, deletePrompt } from "#lib/chat/store/prompts.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";
import { promptBodySchema } from "../prompt-body.ts";

interface Context {
  params: Promise<{ promptId: string }>;
}

const missing = () => new ApiError("not_found", "There is no such prompt.");

/** Changes the name and the text of a prompt. */
export const PATCH = handle<Context>(async (request, { params }) => {
  const account = await requireApiAccount();
  const change = await readJson(request, promptBodySchema);
  const { promptId } = await params;
  const prompt = await changePrompt(getDb(), account.id, promptId, change);
  if (!prompt) throw missing();
  return Response.json({ prompt });
});

/** Deletes a prompt. */
export const DELETE = handle<Context>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const { promptId } = await params;
  if (!(await deletePrompt(getDb(), account.id, promptId))) throw missing();
  return new Response(null, { status: 204 });
});
