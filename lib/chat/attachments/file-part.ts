import type { FileUIPart } from "ai";
import { z } from "zod";
import type { MessageParts } from "../message.ts";

export type FileKind = "image" | "pdf" | "text";

const detailsSchema = z.object({
  sizeBytes: z.number().int().nonnegative(),
  /** Of a picture, in pixels. */
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
  /** Of a PDF. */
  pages: z.number().int().nonnegative().optional(),
  /** How much text the model is given; `truncated`: the file holds more. */
  chars: z.number().int().nonnegative().optional(),
  truncated: z.boolean().optional(),
});

export type FileDetails = z.infer<typeof detailsSchema>;

/** A stored file as a message and the API show it: the AI SDK's file part, its `url` of our own. */
export interface FilePart extends FileUIPart {
  filename: string;
}

const base = "/api/attachments/";

const filePartSchema = z.object({
  type: z.literal("file"),
  mediaType: z.string(),
  filename: z.string(),
  url: z.string().startsWith(base),
  providerMetadata: z.object({ attachment: detailsSchema }),
});

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
    providerMetadata: { attachment: detailsSchema.parse(details) },
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
  return filePartSchema.parse(value);
}

export function detailsOf(part: FileUIPart): FileDetails {
  const parsed = detailsSchema.safeParse(part.providerMetadata?.attachment);
  return parsed.success ? parsed.data : { sizeBytes: 0 };
}

export function kindOf(mediaType: string): FileKind {
  if (mediaType.startsWith("image/")) return "image";
  return mediaType === "application/pdf" ? "pdf" : "text";
}
