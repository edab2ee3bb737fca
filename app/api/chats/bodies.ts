import { z } from "zod";
import { attachmentLimits } from "#lib/chat/attachments/limits.ts";
import { chatOptionsSchema } from "#lib/chat/options.ts";

/** Ids made by the browser: prefix, underscore and 32 hex digits. */
const messageId = z.string().regex(/^msg_[0-9a-f]{32}$/, "must be msg_ and 32 hexadecimal digits");
export const newChatIdSchema = z
  .string()
  .regex(/^chat_[0-9a-f]{32}$/, "must be chat_ and 32 hexadecimal digits");

const maxTextChars = 200_000;

const textPart = z.strictObject({
  type: z.literal("text"),
  text: z
    .string()
    .max(maxTextChars, `must have ${maxTextChars} characters at most`)
    .refine((text) => text.trim() !== "", "must not be empty"),
});
const filePart = z.strictObject({ type: z.literal("file"), attachmentId: z.string().max(100) });
const { filesPerMessage } = attachmentLimits;

export const sendBodySchema = z.strictObject({
  message: z.strictObject({
    id: messageId,
    parts: z
      .array(z.discriminatedUnion("type", [textPart, filePart]))
      .min(1)
      .refine((parts) => parts.filter(({ type }) => type === "text").length <= 1, "may have one text")
      .refine(
        (parts) => parts.filter(({ type }) => type === "file").length <= filesPerMessage,
        `may have ${filesPerMessage} files at most`,
      ),
  }),
  parentId: z.string().max(100).nullable(),
  assistantMessageId: messageId,
  /** For the chat that the message makes. */
  options: z.optional(chatOptionsSchema),
  temporary: z.boolean().default(false),
});

export const regenerateBodySchema = z.strictObject({ assistantMessageId: messageId });

/** A reply has a text between each two stretches of thinking or calls of tools. */
const maxTexts = 200;

export const editBodySchema = z.strictObject({
  assistantMessageId: messageId,
  texts: z
    .array(z.string().max(maxTextChars, `must have ${maxTextChars} characters at most`))
    .min(1)
    .max(maxTexts),
});

export const changeBodySchema = z
  .strictObject({
    title: z.string().trim().min(1).max(200).optional(),
    activeLeafId: z.string().max(100).optional(),
    options: z.optional(chatOptionsSchema),
    pinned: z.boolean().optional(),
    archived: z.boolean().optional(),
    folderId: z.string().max(100).nullable().optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), "has nothing to change");

export const folderBodySchema = z.strictObject({ name: z.string().trim().min(1).max(100) });
