import { isToolUIPart } from "ai";
import { type ChatChunk, interrupted, type MessageParts, parseChunk, toStorableJson } from "../message.ts";

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

type ToolStart = Extract<ChatChunk, { type: "tool-input-start" }>;

/** What a log left open, by what has to close it. */
interface Open {
  text: Set<string>;
  reasoning: Map<string, ChatChunk>;
  /** Calls of tools whose arguments were still being written. */
  writing: Map<string, ToolStart>;
  /** Calls of tools that gave no result. */
  running: Set<string>;
  /** Calls of tools that wait for the person's approval. */
  asking: Set<string>;
}

export interface Closing {
  /** Milliseconds since 1970. */
  endedAt: number;
  /** Whether the person may still approve what waits for approval; else it is closed too. */
  keepAsking: boolean;
}

/**
 * Chunks that end what a log left open: text, thinking, and calls of tools that gave no result, among them those that were
 * approved in `kept`, the parts that were there before it.
 */
export function closingChunks(
  kept: MessageParts,
  chunks: readonly ChatChunk[],
  { endedAt, keepAsking }: Closing,
): ChatChunk[] {
  const open = whatIsOpen(kept, chunks);
  return [
    ...Array.from(open.reasoning, ([id, last]) => closeReasoning(id, last, endedAt)),
    ...Array.from(open.text, (id): ChatChunk => ({ type: "text-end", id })),
    ...Array.from(open.writing.values(), (start): ChatChunk => {
      const { toolCallId, toolName, dynamic, title } = start;
      const call = {
        toolCallId,
        toolName,
        ...(dynamic && { dynamic }),
        ...(title !== undefined && { title }),
      };
      return { type: "tool-input-error", ...call, input: undefined, errorText: interrupted };
    }),
    ...[...open.running, ...(keepAsking ? [] : open.asking)].map(
      (toolCallId): ChatChunk => ({ type: "tool-output-error", toolCallId, errorText: interrupted }),
    ),
  ];
}

function whatIsOpen(kept: MessageParts, chunks: readonly ChatChunk[]): Open {
  const open: Open = {
    text: new Set(),
    reasoning: new Map(),
    writing: new Map(),
    running: new Set(),
    asking: new Set(),
  };
  for (const part of kept) {
    if (isToolUIPart(part) && part.state === "approval-responded") open.running.add(part.toolCallId);
  }
  for (const chunk of chunks) follow(open, chunk);
  return open;
}

function follow(open: Open, chunk: ChatChunk): void {
  switch (chunk.type) {
    case "text-start":
      open.text.add(chunk.id);
      break;
    case "text-end":
      open.text.delete(chunk.id);
      break;
    case "reasoning-start":
    case "reasoning-delta":
      open.reasoning.set(chunk.id, chunk);
      break;
    case "reasoning-end":
      open.reasoning.delete(chunk.id);
      break;
    case "tool-input-start":
      open.writing.set(chunk.toolCallId, chunk);
      break;
    case "tool-input-available":
      open.writing.delete(chunk.toolCallId);
      open.running.add(chunk.toolCallId);
      break;
    case "tool-approval-request":
      open.running.delete(chunk.toolCallId);
      open.asking.add(chunk.toolCallId);
      break;
    case "tool-output-available":
      if (!chunk.preliminary) open.running.delete(chunk.toolCallId);
      break;
    case "tool-input-error":
      open.writing.delete(chunk.toolCallId);
      break;
    case "tool-output-error":
    case "tool-output-denied":
      open.writing.delete(chunk.toolCallId);
      open.running.delete(chunk.toolCallId);
      break;
    default:
      break;
  }
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
