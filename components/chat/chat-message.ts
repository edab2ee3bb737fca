import { z } from "zod";
import {
  type ChatUIMessage,
  type MessageParts,
  parseMessageColumns,
  type StoredMessage,
} from "#lib/chat/message.ts";

export type ChatMessage = StoredMessage;
export type Part = MessageParts[number];

/** A message as the API gives it. */
export const chatMessageSchema = z
  .object({
    id: z.string(),
    parentId: z.string().nullable(),
    role: z.enum(["user", "assistant"]),
    parts: z.unknown(),
    metadata: z.unknown(),
    createdAt: z.coerce.date(),
  })
  .transform(
    ({ parts, metadata, ...message }): ChatMessage => ({
      ...message,
      ...parseMessageColumns({ parts, metadata: metadata ?? {} }),
    }),
  );

/** The part of a message that the AI SDK's reader works on. */
export function toUIMessage({ id, role, parts, metadata }: ChatMessage): ChatUIMessage {
  return { id, role, parts, metadata };
}

/** The text of a message without its thinking and tools, as it is copied. */
export function textOf(message: ChatMessage): string {
  return message.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");
}
