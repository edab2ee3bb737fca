import { createHash } from "node:crypto";
import { z } from "zod";
import type { Db } from "#lib/db/client.ts";
import type { RunJob } from "../tools/jobs.ts";
import { ToolFailure } from "../tools/tool.ts";
import { atMost } from "./at-most.ts";
import type { Blobs } from "./blobs.ts";
import { cleanName } from "./clean-name.ts";
import type { Pixels } from "./decode-heic.ts";
import { decodeText } from "./decode-text.ts";
import { kindOf } from "./file-part.ts";
import { attachmentLimits } from "./limits.ts";
import { prepareImage } from "./prepare-image.ts";
import { FileRefusal } from "./refusal.ts";
import { type AcceptedType, sniffType } from "./sniff.ts";
import { getFile, getFileText, type NewFile, recordFile, type StoredFile, sumFileBytes } from "./store.ts";

/** What storing and reading files needs of the process. */
export interface FileEnvironment {
  db: Db;
  blobs: Blobs;
  runJob: RunJob;
  /** Milliseconds since 1970. */
  now: () => number;
  /** What the files of one account may take together. */
  accountBytes: number;
}

/** Decoding takes much memory. */
const fewAtOnce = atMost(2);
const readingMs = 30_000;
const pixelsSchema = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  data: z.custom<Pixels["data"]>((value) => value instanceof Uint8ClampedArray),
});
const pdfSchema = z.object({ text: z.string(), pages: z.number().int(), truncated: z.boolean() });

type Prepared = Omit<NewFile, "sha256" | "filename" | "sizeBytes"> & { bytes: Uint8Array<ArrayBuffer> };

/**
 * Stores a file of an account: what it is is told by its bytes; pictures are written anew, PDF gives its text. The same
 * file again is the one there is. Aborting the signal gives up.
 * @throws FileRefusal
 */
export async function storeFile(
  environment: FileEnvironment,
  accountId: string,
  upload: { filename: string; bytes: Uint8Array<ArrayBuffer>; signal: AbortSignal },
): Promise<StoredFile> {
  const { db, blobs, now, accountBytes } = environment;
  const type = requireType(upload.bytes);
  const { bytes, ...prepared } = await fewAtOnce(() => prepare(environment, type, upload));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if ((await sumFileBytes(db, accountId)) + bytes.length > accountBytes) {
    const room = Math.floor(accountBytes / 1_048_576);
    throw new FileRefusal(
      "storage_full",
      `Your files take all of the ${room} MB there are for them. Chats that are deleted free theirs a month later.`,
    );
  }
  const filename = cleanName(upload.filename, prepared.mediaType);
  const file = { ...prepared, sha256, filename, sizeBytes: bytes.length };
  return recordFile(db, accountId, file, new Date(now()), () => blobs.put(keyOf(accountId, sha256), bytes));
}

/** A file and its bytes; null when it is absent or another account's. */
export async function readFile(
  { db, blobs }: Pick<FileEnvironment, "db" | "blobs">,
  accountId: string,
  id: string,
): Promise<{ file: StoredFile; bytes: Uint8Array<ArrayBuffer> } | null> {
  const file = await getFile(db, accountId, id);
  if (!file) return null;
  const bytes = await blobs.get(keyOf(accountId, file.sha256));
  if (!bytes) throw new Error(`The bytes of ${id} are not in the blob store.`);
  return { file, bytes };
}

/** The text of a file as the model is given it; null when the file is absent, another account's, or a picture. */
export async function readFileText(
  environment: Pick<FileEnvironment, "db" | "blobs">,
  accountId: string,
  id: string,
): Promise<{ file: StoredFile; text: string } | null> {
  const file = await getFile(environment.db, accountId, id);
  const kind = file && kindOf(file.mediaType);
  if (!file || kind === "image") return null;
  if (kind === "pdf") return { file, text: (await getFileText(environment.db, accountId, id)) ?? "" };
  const read = await readFile(environment, accountId, id);
  return read && { file, text: new TextDecoder().decode(read.bytes).slice(0, attachmentLimits.textChars) };
}

export function keyOf(accountId: string, sha256: string): string {
  return `${accountId}/${sha256}`;
}

function requireType(bytes: Uint8Array): AcceptedType {
  if (bytes.length === 0) throw new FileRefusal("unreadable", "This file is empty.");
  const type = sniffType(bytes);
  if (type === null) {
    throw new FileRefusal(
      "type",
      "This is no picture, PDF or text. Pictures may be PNG, JPEG, WebP, GIF, AVIF or HEIC; text must be UTF-8.",
    );
  }
  const kind = kindOf(type);
  const most = attachmentLimits[`${kind}Bytes`];
  if (bytes.length > most) {
    throw new FileRefusal(
      "size",
      `This is larger than the ${most / 1_048_576} MB that such a file may have.`,
    );
  }
  return type;
}

async function prepare(
  { runJob }: FileEnvironment,
  type: AcceptedType,
  { bytes, signal }: { bytes: Uint8Array<ArrayBuffer>; signal: AbortSignal },
): Promise<Prepared> {
  const none = { width: null, height: null, pages: null, chars: null, truncated: false, text: null };
  const limits = { signal, timeoutMs: readingMs };
  switch (type) {
    case "application/pdf": {
      const input = { bytes, maxPages: attachmentLimits.pdfPages, maxChars: attachmentLimits.textChars };
      const pdf = pdfSchema.parse(await orUnreadable("PDF", runJob("pdf-text", input, limits)));
      return { ...none, ...pdf, bytes, mediaType: type, chars: pdf.text.length };
    }
    case "text/plain": {
      const text = decodeText(bytes) ?? "";
      const { textChars } = attachmentLimits;
      const chars = Math.min(text.length, textChars);
      const encoded = new TextEncoder().encode(text);
      return { ...none, bytes: encoded, mediaType: type, chars, truncated: text.length > textChars };
    }
    case "image/heic": {
      const input = { bytes, maxPixels: attachmentLimits.imagePixels };
      const pixels = await orUnreadable("picture", runJob("heic-pixels", input, limits));
      return { ...none, ...(await prepareImage(pixelsSchema.parse(pixels))) };
    }
    default:
      return { ...none, ...(await prepareImage(bytes)) };
  }
}

async function orUnreadable(what: string, work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ToolFailure)) throw error;
    const why = error.message.replace(/^[A-Z]/, (letter) => letter.toLowerCase()).replace(/\.$/, "");
    throw new FileRefusal("unreadable", `This ${what} cannot be read: ${why}.`, { cause: error });
  }
}
