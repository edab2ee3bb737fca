import { readFile, storeFile } from "#lib/chat/attachments/attachments.ts";
import { getFileEnvironment } from "#lib/chat/attachments/environment.ts";
import { FileRefusal } from "#lib/chat/attachments/refusal.ts";
import { partOf } from "#lib/chat/attachments/store.ts";
import type { FileReader } from "#lib/chat/transfer/export-files.ts";
import type { FileKeeper } from "#lib/chat/transfer/keep-files.ts";

/** Reads files of one account for its export. */
export function fileReaderOf(accountId: string): FileReader {
  const environment = getFileEnvironment();
  return async (id) => {
    const found = await readFile(environment, accountId, id);
    return found && { ...found.file, bytes: found.bytes };
  };
}

/** Stores a file that came with an import; null when it is none that is taken. */
export const keepImportedFile: FileKeeper = async (accountId, file) => {
  try {
    return partOf(await storeFile(getFileEnvironment(), accountId, file));
  } catch (error) {
    if (error instanceof FileRefusal) return null;
    throw error;
  }
};
