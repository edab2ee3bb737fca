import { handle } from "#app/api/handle.ts";
import { readFile } from "#lib/chat/attachments/attachments.ts";
import { getFileEnvironment } from "#lib/chat/attachments/environment.ts";
import { fileHeaders } from "#lib/chat/attachments/file-headers.ts";
import { getOwnerOfSharedFile } from "#lib/chat/store/shares.ts";
import { getDb } from "#lib/db/client.ts";
import { ApiError } from "#lib/wire/errors.ts";

/** A file that a share in force shows. Not kept by caches: revoking must end it. */
export const GET = handle<{ params: Promise<{ token: string; attachmentId: string }> }>(
  async (_request, { params }) => {
    const { token, attachmentId } = await params;
    const owner = await getOwnerOfSharedFile(getDb(), token, attachmentId);
    const found = owner === null ? null : await readFile(getFileEnvironment(), owner, attachmentId);
    if (!found) throw new ApiError("not_found", "There is no such file.");
    const headers = { ...fileHeaders(found.file), "cache-control": "no-store", "x-robots-tag": "noindex" };
    return new Response(found.bytes, { headers });
  },
);
