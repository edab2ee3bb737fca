import type { MessageParts, StoredMessage } from "#lib/chat/message.ts";

export type ChatMessage = StoredMessage;
export type Part = MessageParts[number];

/** The text of a message without its thinking and tools, as it is copied. */
export function textOf(message: ChatMessage): string {
  return message.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");
}

/** Whether two readings of a message say the same. Long texts are compared as such: to write both out as JSON first takes long. */
export function isSameMessage(a: ChatMessage, b: ChatMessage): boolean {
  return (
    a.parentId === b.parentId &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, index) => isSamePart(part, b.parts[index])) &&
    JSON.stringify(a.metadata) === JSON.stringify(b.metadata)
  );
}

function isSamePart(a: Part, b: Part | undefined): boolean {
  if (a.type !== b?.type) return false;
  if (!("text" in a && "text" in b)) return JSON.stringify(a) === JSON.stringify(b);
  if (a.text !== b.text) return false;
  const { text: _, ...restOfA } = a;
  const { text: __, ...restOfB } = b;
  return JSON.stringify(restOfA) === JSON.stringify(restOfB);
}
