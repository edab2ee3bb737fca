import { z } from "zod";
import type { MessageParts } from "../message.ts";
import { titleFromText } from "../title.ts";
import { newestLeaf } from "../tree.ts";
import { unfiled } from "./filing.ts";
import { type ImportedChat, SkippedConversation } from "./imported-chat.ts";
import { fenced } from "./markdown-fence.ts";
import { TurnBuilder } from "./turn-builder.ts";

// Claude's data export: an array of conversations in conversations.json.

const date = z.iso.datetime({ offset: true }).nullish().catch(null);
const string = z.string().catch("");
const blockSchema = z.looseObject({
  type: string,
  text: string,
  thinking: string,
  name: string,
  input: z.unknown(),
});
const messageSchema = z.object({
  uuid: z.string(),
  sender: z.enum(["human", "assistant"]),
  text: string,
  content: z.array(blockSchema).catch([]),
  created_at: date,
  parent_message_uuid: z.string().nullish().catch(null),
});
const conversationSchema = z.object({
  uuid: z.string(),
  name: string,
  created_at: date,
  updated_at: date,
  chat_messages: z.array(messageSchema),
});
type ClaudeMessage = z.infer<typeof messageSchema>;

/** Whether the value looks like a conversation of Claude's export. */
export function isClaudeConversation(value: unknown): boolean {
  return typeof value === "object" && value !== null && "chat_messages" in value;
}

/**
 * A conversation of Claude's export as a chat of ours.
 * @throws SkippedConversation
 */
export function chatFromClaude(value: unknown, now: Date): ImportedChat {
  const parsed = conversationSchema.safeParse(value);
  if (!parsed.success) throw new SkippedConversation("not_a_chat", null, { cause: parsed.error });
  const { uuid, name, created_at, updated_at, chat_messages: given } = parsed.data;
  const label = name.trim() || null;
  const createdAt = created_at ? new Date(created_at) : now;
  const builder = new TurnBuilder(label);
  const known = new Set<string>();
  let previous: string | null = null;
  for (const [index, message] of given.entries()) {
    const parts = partsOf(message);
    if (known.has(message.uuid) || parts.length === 0) continue;
    const named = message.parent_message_uuid ?? "";
    const placed = {
      id: message.uuid,
      parentId: known.has(named) ? named : previous,
      parts,
      createdAt: message.created_at ? new Date(message.created_at) : new Date(createdAt.getTime() + index),
    };
    if (message.sender === "human") builder.addUser(placed);
    else builder.addReply(placed);
    known.add(message.uuid);
    previous = message.uuid;
  }
  const messages = builder.finish();
  const first = messages[0]?.parts.find((part) => part.type === "text");
  if (messages.length === 0) throw new SkippedConversation("empty", label);
  return {
    sourceId: `claude:${uuid}`,
    title: label ?? titleFromText(first?.text ?? ""),
    createdAt,
    lastMessageAt: updated_at ? new Date(updated_at) : createdAt,
    activeLeafId: newestLeaf(messages)?.id ?? null,
    filing: unfiled,
    messages,
  };
}

function partsOf({ content, text }: ClaudeMessage): MessageParts {
  const parts = content.flatMap((block): MessageParts => {
    if (block.type === "thinking" && block.thinking !== "") {
      return [{ type: "reasoning", text: block.thinking, state: "done" }];
    }
    if (block.type === "text" && block.text.trim() !== "") return [{ type: "text", text: block.text }];
    if (block.type !== "tool_use") return [];
    const call = JSON.stringify(block.input ?? {}, null, 2);
    return [{ type: "text", text: `${block.name}\n\n${fenced(call, "json")}` }];
  });
  if (parts.length > 0) return parts;
  return text.trim() === "" ? [] : [{ type: "text", text }];
}
