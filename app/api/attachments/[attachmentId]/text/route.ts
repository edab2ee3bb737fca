import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { readFileText } from "#lib/chat/attachments/attachments.ts";
import { getFileEnvironment } from "#lib/chat/attachments/environment.ts";
import { textHeaders } from "#lib/chat/attachments/file-headers.ts";
import { ApiError } from "#lib/wire/errors.ts";

/** The text of a file as the model is given it, for its owner alone. */
export const GET = handle<{ params: Promise<{ attachmentId: string }> }>(async (_request, { params }) => {
  const account = await requireApiAccount();
  const found = await readFileText(getFileEnvironment(), account.id, (await params).attachmentId);
  if (!found) throw new ApiError("not_found", "There is no such file with text.");
  return new Response(found.text, { headers: textHeaders });
});
