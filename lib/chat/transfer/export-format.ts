import { z } from "zod";
import type { StoredMessage } from "../message.ts";
import { folderSchema } from "./export-folders.ts";
import type { ChatFiling } from "./filing.ts";

export const exportFormat = "aigateway.chat";
export const exportVersion = 1;

const date = z.iso.datetime({ offset: true });

const attachmentSchema = z.object({
  id: z.string(),
  mediaType: z.string(),
  filename: z.string(),
  sizeBytes: z.number(),
  /** Where its bytes lie in the zip that the chat came in. */
  path: z.string(),
});

/**
 * A chat as it is exported: all that is stored of it, the whole tree. What a later version adds, an older reader ignores; one that
 * changes the meaning of what is there gets another `format`.
 */
export const exportedChatSchema = z.object({
  format: z.literal(exportFormat),
  version: z.number().int().min(1),
  exportedAt: date,
  chat: z.object({
    id: z.string().min(1).max(100),
    title: z.string(),
    createdAt: date,
    lastMessageAt: date,
    activeLeafId: z.string().nullable(),
    /** What is not offered here any more is as if it had not been chosen; exports of before November 2026 have none of these. */
    options: z.unknown().optional(),
    pinnedAt: date.nullish(),
    archivedAt: date.nullish(),
    folder: folderSchema.nullish(),
  }),
  messages: z.array(
    z.object({
      id: z.string().min(1).max(200),
      parentId: z.string().nullable(),
      role: z.enum(["user", "assistant"]),
      /** The AI SDK's UI message parts. */
      parts: z.array(z.looseObject({ type: z.string() })),
      /** Status, times, tokens and cost of a reply (lib/chat/message.ts). */
      metadata: z.looseObject({}),
      createdAt: date,
    }),
  ),
  attachments: z.array(attachmentSchema),
});

export type ExportedChat = z.infer<typeof exportedChatSchema>;
export type ExportedAttachment = z.infer<typeof attachmentSchema>;

/** A chat with all that an export holds of it. */
export interface WholeChat {
  id: string;
  title: string;
  createdAt: Date;
  lastMessageAt: Date;
  activeLeafId: string | null;
  filing: ChatFiling;
  messages: StoredMessage[];
}

/** What is written to a chat's JSON file. */
export function toExportedChat(
  chat: WholeChat,
  attachments: readonly ExportedAttachment[],
  now: Date,
): ExportedChat {
  return {
    format: exportFormat,
    version: exportVersion,
    exportedAt: now.toISOString(),
    chat: {
      id: chat.id,
      title: chat.title,
      createdAt: chat.createdAt.toISOString(),
      lastMessageAt: chat.lastMessageAt.toISOString(),
      activeLeafId: chat.activeLeafId,
      options: chat.filing.options,
      pinnedAt: chat.filing.pinnedAt?.toISOString() ?? null,
      archivedAt: chat.filing.archivedAt?.toISOString() ?? null,
      folder: chat.filing.folder,
    },
    messages: chat.messages.map(({ id, parentId, role, parts, metadata, createdAt }) => ({
      id,
      parentId,
      role,
      parts,
      metadata,
      createdAt: createdAt.toISOString(),
    })),
    attachments: [...attachments],
  };
}
