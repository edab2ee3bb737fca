import { z } from "zod";

const count = z.number().int().nonnegative();

/** What became of one file: how many of its chats, and why some were not taken. Dependency-free of the server: the page reads it too. */
export const fileReportSchema = z.object({
  /** Of a file in a zip: the zip's name and its own. */
  name: z.string(),
  format: z.enum(["aigateway", "chatgpt", "claude"]).nullable(),
  imported: count,
  /** Were there, and got the messages they lacked. */
  updated: count,
  /** Had been deleted here, and are back. */
  restored: count,
  /** Were there with all their messages. */
  present: count,
  skipped: count,
  /** The first of them. */
  skippedChats: z.array(
    z.object({
      title: z.string().nullable(),
      /** Place in the file, from 1. */
      position: count,
      reason: z.enum([
        "not_a_chat",
        "broken_json",
        "broken_tree",
        "invalid_parts",
        "empty",
        "too_large",
        "too_many_messages",
        "failed",
      ]),
    }),
  ),
  /** New ones of the person's prompts. */
  prompts: count,
  filesKept: count,
  /** Not in the export, or of a kind that is not taken. */
  filesMissing: count,
  /** Why the file was not read, or not to its end. */
  problem: z
    .enum([
      "not_json",
      "unknown_format",
      "truncated",
      "broken_zip",
      "encrypted_zip",
      "unpacks_too_large",
      "nothing_to_import",
    ])
    .nullable(),
});

/** What the server tells while it imports, one JSON a line. */
export const importEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), name: z.string(), done: count }),
  z.object({ type: z.literal("report"), files: z.array(fileReportSchema) }),
  z.object({ type: z.literal("failed"), requestId: z.string() }),
]);

export type FileReport = z.infer<typeof fileReportSchema>;
export type ImportEvent = z.infer<typeof importEventSchema>;
export type SkipReason = FileReport["skippedChats"][number]["reason"];
export type FileProblem = NonNullable<FileReport["problem"]>;

export function emptyReport(name: string): FileReport {
  return {
    name,
    format: null,
    imported: 0,
    updated: 0,
    restored: 0,
    present: 0,
    skipped: 0,
    skippedChats: [],
    prompts: 0,
    filesKept: 0,
    filesMissing: 0,
    problem: null,
  };
}
