import type { FileUIPart } from "ai";
import type { MessageParts } from "../message.ts";

export type FileKind = "image" | "pdf" | "text";

export interface FileDetails {
  sizeBytes: number;
  /** Of a picture, in pixels. */
  width?: number | undefined;
  height?: number | undefined;
  /** Of a PDF. */
  pages?: number | undefined;
  /** How much text the model is given; `truncated`: the file holds more. */
  chars?: number | undefined;
  truncated?: boolean | undefined;
}

/** A stored file as a message and the API show it: the AI SDK's file part, its `url` of our own. */
export interface FilePart extends FileUIPart {
  filename: string;
}

const base = "/api/attachments/";

type Unread<Shape> = Partial<Record<keyof Shape, unknown>>;

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0;

// By hand and not with zod, which the page of a new chat begins without.
function readDetails(value: unknown): FileDetails | null {
  if (typeof value !== "object" || value === null) return null;
  const { sizeBytes, width, height, pages, chars, truncated }: Unread<FileDetails> = value;
  if (!isCount(sizeBytes)) return null;
  return {
    sizeBytes,
    ...(isCount(width) && { width }),
    ...(isCount(height) && { height }),
    ...(isCount(pages) && { pages }),
    ...(isCount(chars) && { chars }),
    ...(typeof truncated === "boolean" && { truncated }),
  };
}

/** Makes the part of a stored file. */
export function toFilePart(
  file: { id: string; mediaType: string; filename: string } & FileDetails,
): FilePart {
  const { id, mediaType, filename, ...details } = file;
  return {
    type: "file",
    mediaType,
    filename,
    url: base + id,
    providerMetadata: { attachment: { ...details } },
  };
}

/** The id of the stored file that a part shows; null for parts that show none. */
export function attachmentIdOf(part: { type: string; url?: unknown }): string | null {
  if (part.type !== "file" || typeof part.url !== "string" || !part.url.startsWith(base)) return null;
  return part.url.slice(base.length);
}

/** The files of a message. */
export function filesOf(parts: MessageParts): FilePart[] {
  return parts.flatMap((part) =>
    part.type === "file" && attachmentIdOf(part) !== null ? [{ ...part, filename: part.filename ?? "" }] : [],
  );
}

/** Reads a part that our API or the browser's storage gave; throws when it is none. */
export function parseFilePart(value: unknown): FilePart {
  const { type, mediaType, filename, url, providerMetadata }: Unread<FilePart> = Object(value);
  const attachment =
    typeof providerMetadata === "object" && providerMetadata !== null && "attachment" in providerMetadata
      ? readDetails(providerMetadata.attachment)
      : null;
  const isOurs = typeof url === "string" && url.startsWith(base);
  if (
    type !== "file" ||
    typeof mediaType !== "string" ||
    typeof filename !== "string" ||
    !isOurs ||
    !attachment
  ) {
    throw new TypeError("This is not a stored file.");
  }
  return { type, mediaType, filename, url, providerMetadata: { attachment: { ...attachment } } };
}

export function detailsOf(part: FileUIPart): FileDetails {
  return readDetails(part.providerMetadata?.attachment) ?? { sizeBytes: 0 };
}

export function kindOf(mediaType: string): FileKind {
  if (mediaType.startsWith("image/")) return "image";
  return mediaType === "application/pdf" ? "pdf" : "text";
}
