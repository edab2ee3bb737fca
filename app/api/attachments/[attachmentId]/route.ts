import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { readFile } from "#lib/chat/attachments/attachments.ts";
import { getFileEnvironment } from "#lib/chat/attachments/environment.ts";
import { fileHeaders } from "#lib/chat/attachments/file-headers.ts";
import { ApiError } from "#lib/wire/errors.ts";

/** The bytes of a file, for its owner alone. */
export const GET = handle<{ params: Promise<{ attachmentId: string }> }>(async (request, { params }) => {
  const account = await requireApiAccount();
  const found = await readFile(getFileEnvironment(), account.id, (await params).attachmentId);
  if (!found) throw new ApiError("not_found", "There is no such file.");
  const headers = fileHeaders(found.file);
  const known = request.headers.get("if-none-match") === headers.etag;
  return known ? new Response(null, { status: 304, headers }) : new Response(found.bytes, { headers });
});
