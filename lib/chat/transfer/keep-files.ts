import type { FileUIPart } from "ai";
import type { MessageParts, StoredMessage } from "../message.ts";
import type { ImportSource } from "./import-source.ts";
import { importedFileScheme } from "./imported-chat.ts";
import { UnreadableFile } from "./split-json.ts";
import { type PackedFile, readAll } from "./unpack.ts";

interface FileBytes {
  filename: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Stores a file of the account and gives the part that shows it; null when it is of a kind that is not taken. */
export type FileKeeper = (
  accountId: string,
  file: FileBytes & { signal: AbortSignal },
) => Promise<FileUIPart | null>;

interface Options {
  findFile: ImportSource["findFile"];
  keep(file: FileBytes): Promise<FileUIPart | null>;
}

const maxFileBytes = 20 * 1024 ** 2;

/** The messages with their files stored; where one is missing its name stands. */
export async function withKeptFiles(
  messages: readonly StoredMessage[],
  options: Options,
): Promise<{ messages: StoredMessage[]; kept: number; missing: number }> {
  let [kept, missing] = [0, 0];
  const done: StoredMessage[] = [];
  for (const message of messages) {
    const parts: MessageParts = [];
    for (const part of message.parts) {
      if (part.type !== "file") {
        parts.push(part);
        continue;
      }
      const stored = await keepOne(part, options);
      if (stored) kept += 1;
      else missing += 1;
      parts.push(stored ?? { type: "text", text: `[File not imported: ${nameOf(part, null)}]` });
    }
    done.push({ ...message, parts });
  }
  return { messages: done, kept, missing };
}

async function keepOne(part: FileUIPart, { findFile, keep }: Options): Promise<FileUIPart | null> {
  if (!part.url.startsWith(importedFileScheme)) return null;
  const file = findFile(part.url.slice(importedFileScheme.length));
  const bytes = file && (await readIntact(file));
  return bytes && keep({ filename: nameOf(part, file), bytes });
}

/** A file that is damaged counts as missing. */
async function readIntact(file: PackedFile): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await readAll(file, maxFileBytes);
  } catch (error) {
    if (error instanceof UnreadableFile && error.problem === "broken_zip") return null;
    throw error;
  }
}

/** ChatGPT puts its id before the name. */
function nameOf(part: FileUIPart, file: PackedFile | null): string {
  const base = file?.path
    .split("/")
    .at(-1)
    ?.replace(/^file[-_][A-Za-z0-9]+-(?=.)/, "");
  return part.filename ?? base ?? part.url.replace(importedFileScheme, "");
}
