import { z } from "zod";

/** Ids made by the browser: prefix, underscore and 32 hex digits. */
const messageId = z.string().regex(/^msg_[0-9a-f]{32}$/, "must be msg_ and 32 hexadecimal digits");
export const newChatIdSchema = z
  .string()
  .regex(/^chat_[0-9a-f]{32}$/, "must be chat_ and 32 hexadecimal digits");

const maxTextChars = 200_000;

export const sendBodySchema = z.strictObject({
  message: z.strictObject({
    id: messageId,
    parts: z
      .array(
        z.strictObject({
          type: z.literal("text"),
          text: z
            .string()
            .max(maxTextChars, `must have ${maxTextChars} characters at most`)
            .refine((text) => text.trim() !== "", "must not be empty"),
        }),
      )
      .length(1),
  }),
  parentId: z.string().max(100).nullable(),
  assistantMessageId: messageId,
});

export const regenerateBodySchema = z.strictObject({ assistantMessageId: messageId });

export const changeBodySchema = z
  .strictObject({
    title: z.string().trim().min(1).max(200).optional(),
    activeLeafId: z.string().max(100).optional(),
  })
  .refine(
    (change) => change.title !== undefined || change.activeLeafId !== undefined,
    "has nothing to change",
  );
