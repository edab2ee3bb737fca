import { type ChatChunk, parseChunk, toStorableJson } from "../message.ts";

/**
 * Adds a chunk to a list of chunks, joining a delta to the last one when it goes on with it (same type, same part).
 * The list gives the same message before and after.
 */
export function addChunk(chunks: ChatChunk[], chunk: ChatChunk): void {
  const last = chunks.at(-1);
  const joined = last ? joinDeltas(last, chunk) : null;
  if (joined) chunks[chunks.length - 1] = joined;
  else chunks.push(chunk);
}

function joinDeltas(last: ChatChunk, next: ChatChunk): ChatChunk | null {
  if (
    (last.type === "text-delta" && next.type === "text-delta" && last.id === next.id) ||
    (last.type === "reasoning-delta" && next.type === "reasoning-delta" && last.id === next.id)
  ) {
    const providerMetadata = next.providerMetadata ?? last.providerMetadata;
    return {
      type: last.type,
      id: last.id,
      delta: last.delta + next.delta,
      ...(providerMetadata === undefined ? {} : { providerMetadata }),
    };
  }
  if (
    last.type === "tool-input-delta" &&
    next.type === "tool-input-delta" &&
    last.toolCallId === next.toolCallId
  ) {
    return { ...last, inputTextDelta: last.inputTextDelta + next.inputTextDelta };
  }
  return null;
}

/** Chunks that end what a broken-off log left open: text, thinking, and calls of tools that gave no result. */
export function closingChunks(chunks: readonly ChatChunk[], endedAt: number): ChatChunk[] {
  const text = new Set<string>();
  const reasoning = new Map<string, ChatChunk>();
  const tools = new Map<string, string>();
  for (const chunk of chunks) {
    switch (chunk.type) {
      case "text-start":
        text.add(chunk.id);
        break;
      case "text-end":
        text.delete(chunk.id);
        break;
      case "reasoning-start":
      case "reasoning-delta":
        reasoning.set(chunk.id, chunk);
        break;
      case "reasoning-end":
        reasoning.delete(chunk.id);
        break;
      case "tool-input-start":
      case "tool-input-available":
        tools.set(chunk.toolCallId, chunk.toolName);
        break;
      case "tool-output-available":
        if (!chunk.preliminary) tools.delete(chunk.toolCallId);
        break;
      case "tool-output-error":
      case "tool-output-denied":
      case "tool-input-error":
        tools.delete(chunk.toolCallId);
        break;
      default:
        break;
    }
  }
  return [
    ...Array.from(reasoning, ([id, last]) => closeReasoning(id, last, endedAt)),
    ...Array.from(text, (id): ChatChunk => ({ type: "text-end", id })),
    ...Array.from(
      tools.keys(),
      (toolCallId): ChatChunk => ({ type: "tool-output-error", toolCallId, errorText: "Interrupted" }),
    ),
  ];
}

function closeReasoning(id: string, last: ChatChunk, endedAt: number): ChatChunk {
  const known = "providerMetadata" in last ? last.providerMetadata : undefined;
  return {
    type: "reasoning-end",
    id,
    providerMetadata: { ...known, aigateway: { ...known?.aigateway, endedAt } },
  };
}

/** A chunk as the log will give it back: the database refuses NUL and half characters, so they are replaced first. */
export function toStorableChunk(chunk: ChatChunk): ChatChunk {
  return parseChunk(JSON.parse(toStorableJson(chunk)));
}
