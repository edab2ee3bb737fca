import type { UIMessageChunk } from "ai";
import type { ChatMessage, Part } from "./chat-message.ts";

type OpenPart = Extract<Part, { type: "text" | "reasoning" }>;

export interface Resumption {
  /** The message without the parts that were still being written. */
  base: ChatMessage;
  /** Chunks that write those parts again as far as they had come. */
  opening: UIMessageChunk[];
  /** Leads a later chunk to the part that was opened for it; null when none was. Call it for every chunk, in order. */
  lead(chunk: UIMessageChunk): UIMessageChunk | null;
}

function isOpen(part: Part): part is OpenPart {
  return (part.type === "text" || part.type === "reasoning") && part.state === "streaming";
}

const resumedTextId = "resumed-text";
const resumedReasoningId = "resumed-reasoning";

const idOf = (part: OpenPart) => (part.type === "text" ? resumedTextId : (part.id ?? resumedReasoningId));

/**
 * Prepares a message that was stored in mid-answer for the rest of its log. The SDK's reader only knows parts whose start
 * it has seen, and a stored text part does not keep the id its chunks have. So open parts are opened again, a text under an id
 * of ours, and a text chunk with an id that was not started since belongs to it.
 */
export function resumeMessage(message: ChatMessage): Resumption {
  const openParts = message.parts.filter(isOpen);
  const started = new Set(
    openParts.flatMap((part) => (part.type === "reasoning" && part.id ? [part.id] : [])),
  );
  const base = {
    ...message,
    parts: message.parts.filter((part) => !isOpen(part)).map((part) => ({ ...part })),
  };

  function lead(chunk: UIMessageChunk): UIMessageChunk | null {
    switch (chunk.type) {
      case "text-start":
      case "reasoning-start":
        started.add(chunk.id);
        return chunk;
      case "text-delta":
      case "text-end":
        return started.has(chunk.id) ? chunk : { ...chunk, id: resumedTextId };
      case "reasoning-delta":
      case "reasoning-end":
        return started.has(chunk.id) ? chunk : { ...chunk, id: resumedReasoningId };
      case "tool-input-start":
        started.add(chunk.toolCallId);
        return chunk;
      // Arguments that were begun before cannot be read on with; they come whole when they are complete.
      case "tool-input-delta":
        return started.has(chunk.toolCallId) ? chunk : null;
      default:
        return chunk;
    }
  }
  return { base, opening: openParts.flatMap(openingOf), lead };
}

function openingOf(part: OpenPart): UIMessageChunk[] {
  const id = idOf(part);
  const metadata = part.providerMetadata ? { providerMetadata: part.providerMetadata } : {};
  return part.type === "text"
    ? [
        { type: "text-start", id, ...metadata },
        { type: "text-delta", id, delta: part.text },
      ]
    : [
        { type: "reasoning-start", id, ...metadata },
        { type: "reasoning-delta", id, delta: part.text },
      ];
}
