import * as z from "zod/mini";

const folderSchema = z.object({ id: z.templateLiteral(["fld_", z.string()]), name: z.string() });
export const folderAnswerSchema = z.object({ folder: folderSchema });
export const foldersSchema = z.object({ folders: z.array(folderSchema) });
export const runningSchema = z.object({ chatIds: z.array(z.string()) });
const segmentsSchema = z.array(z.object({ text: z.string(), hit: z.boolean() }));
export const searchSchema = z.object({
  hits: z.array(
    z.object({
      chatId: z.string(),
      title: segmentsSchema,
      archived: z.boolean(),
      at: z.string(),
      messageId: z.nullable(z.string()),
      role: z.nullable(z.enum(["user", "assistant"])),
      snippet: segmentsSchema,
    }),
  ),
  nextCursor: z.nullable(z.string()),
});

export type Folder = z.infer<typeof folderSchema>;
export type SearchResults = z.infer<typeof searchSchema>;
export type SearchHit = SearchResults["hits"][number];
