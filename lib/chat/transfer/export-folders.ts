import { z } from "zod";
import type { FolderName } from "./filing.ts";

const foldersFormat = "aigateway.folders";

export const folderSchema = z.object({ id: z.string().min(1).max(100), name: z.string().min(1).max(100) });

const exportedFoldersSchema = z.object({
  format: z.literal(foldersFormat),
  version: z.number().int().min(1),
  /** In the order in which they stand. */
  folders: z.array(folderSchema).max(10_000),
});

/** What is written to an account's file of folders, the empty ones among them. */
export function toExportedFolders(folders: readonly FolderName[]): z.infer<typeof exportedFoldersSchema> {
  return { format: foldersFormat, version: 1, folders: folders.map(({ id, name }) => ({ id, name })) };
}

/** The folders of our own export; null when the value is none. */
export function foldersFromExport(value: unknown): FolderName[] | null {
  return exportedFoldersSchema.safeParse(value).data?.folders ?? null;
}
