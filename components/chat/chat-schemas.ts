import * as z from "zod/mini";
import { parseMessageColumns } from "#lib/chat/message.ts";
import { chatOptionsSchema } from "#lib/chat/options.ts";
import type { ChatMessage } from "./chat-message.ts";

/** A message as the API gives it. */
const chatMessageSchema = z.pipe(
  z.object({
    id: z.string(),
    parentId: z.nullable(z.string()),
    role: z.enum(["user", "assistant"]),
    parts: z.unknown(),
    metadata: z.unknown(),
    createdAt: z.coerce.date(),
  }),
  z.transform(
    ({ parts, metadata, ...message }): ChatMessage => ({
      ...message,
      ...parseMessageColumns({ parts, metadata: metadata ?? {} }),
    }),
  ),
);

const chatSchema = z.object({ id: z.string(), title: z.string() });
/** When a temporary chat is deleted; null for all others. */
const openChatSchema = z.extend(chatSchema, { temporaryUntil: z.nullish(z.string()) });
export const chatListSchema = z.object({
  chats: z.array(
    z.extend(chatSchema, {
      lastMessageAt: z.string(),
      running: z.boolean(),
      pinned: z.boolean(),
      archived: z.boolean(),
      folderId: z.nullable(z.string()),
    }),
  ),
  nextCursor: z.nullable(z.string()),
});
export const chatDetailSchema = z.object({
  chat: z.extend(openChatSchema, { options: chatOptionsSchema }),
  messages: z.array(chatMessageSchema),
  activeLeafId: z.nullable(z.string()),
  running: z.nullable(z.object({ generationId: z.string(), messageId: z.string() })),
  /** There are messages besides these: a page comes with the newest only. */
  partial: z.optional(z.boolean()),
});
export const startedSchema = z.object({
  chat: z.optional(openChatSchema),
  generationId: z.string(),
});
export const quotaSchema = z.object({
  quota: z.nullable(z.object({ limit: z.number(), used: z.number(), resetsAt: z.string() })),
  notices: z.array(
    z.object({
      alertId: z.string(),
      keyName: z.nullable(z.string()),
      kind: z.enum(["reached", "refused"]),
      percent: z.number(),
      mode: z.enum(["hard", "warn"]),
      limitNanoUsd: z.string(),
    }),
  ),
});
export const errorSchema = z.object({ error: z.object({ message: z.string(), code: z.string() }) });

export type ChatList = z.infer<typeof chatListSchema>;
export type ChatListItem = ChatList["chats"][number];
export type ChatDetail = z.infer<typeof chatDetailSchema>;
export type Started = z.infer<typeof startedSchema>;
export type Means = z.infer<typeof quotaSchema>;

/** Reads a chat from the JSON that the API gives; throws when it is not one. */
export function parseChatDetail(json: string): ChatDetail {
  return chatDetailSchema.parse(JSON.parse(json));
}
