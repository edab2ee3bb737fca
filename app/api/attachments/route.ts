import { handle } from "#app/api/handle.ts";
import { requireApiAccount } from "#lib/accounts/current-account.ts";
import { storeFile } from "#lib/chat/attachments/attachments.ts";
import { getFileEnvironment } from "#lib/chat/attachments/environment.ts";
import { largestUploadBytes } from "#lib/chat/attachments/limits.ts";
import { FileRefusal, type FileRefusalReason } from "#lib/chat/attachments/refusal.ts";
import { partOf } from "#lib/chat/attachments/store.ts";
import { ApiError, type ErrorCode } from "#lib/wire/errors.ts";
import { readUpload, readUploadName } from "./read-upload.ts";

const codes: Record<FileRefusalReason, ErrorCode> = {
  type: "file_type_not_accepted",
  size: "file_too_large",
  unreadable: "file_unreadable",
  storage_full: "file_storage_full",
};

/** Stores a file, its bytes the body. Answers with the part that shows it in a message. */
export const POST = handle(async (request) => {
  const account = await requireApiAccount();
  const filename = readUploadName(request.headers);
  const bytes = await readUpload(request, largestUploadBytes);
  try {
    const upload = { filename, bytes, signal: request.signal };
    const file = await storeFile(getFileEnvironment(), account.id, upload);
    return Response.json({ file: partOf(file) }, { status: 201 });
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    throw new ApiError(codes[error.reason], error.message, { cause: error });
  }
});
