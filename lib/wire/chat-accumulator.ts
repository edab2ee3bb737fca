import type { ChatChunk, ChatDelta } from "./chat-completions.ts";
import { readUsage, type TokenUsage } from "./token-usage.ts";
import { type MergedToolCall, mergeToolCall, noToolCalls, type ToolCallState } from "./tool-call-merge.ts";

/** What a stream has produced so far. `usage` is null until the upstream reports it. */
export interface ChatAccumulation {
  content: string;
  reasoning: string;
  toolCalls: readonly MergedToolCall[];
  finishReason: string | null;
  usage: TokenUsage | null;
  model: string | null;
  toolCallSlots: ToolCallState["slots"];
}

export const emptyAccumulation: ChatAccumulation = {
  content: "",
  reasoning: "",
  toolCalls: noToolCalls.calls,
  finishReason: null,
  usage: null,
  model: null,
  toolCallSlots: noToolCalls.slots,
};

/** Adds a chunk; only the first choice is read. */
export function accumulateChunk(soFar: ChatAccumulation, chunk: ChatChunk): ChatAccumulation {
  const choice = firstChoice(chunk);
  const delta = choice?.delta ?? {};
  let tools: ToolCallState = { calls: soFar.toolCalls, slots: soFar.toolCallSlots };
  for (const [position, fragment] of (delta.tool_calls ?? []).entries()) {
    tools = mergeToolCall(tools, fragment, position).state;
  }
  return {
    content: soFar.content + contentOf(delta),
    reasoning: soFar.reasoning + reasoningOf(delta),
    toolCalls: tools.calls,
    toolCallSlots: tools.slots,
    finishReason: choice?.finish_reason || soFar.finishReason,
    usage: readUsage(chunk) ?? soFar.usage,
    model: soFar.model ?? (chunk.model || null),
  };
}

/** The chunk's part of the first choice; chunks of other choices have none. */
export function firstChoice(chunk: ChatChunk): ChatChunk["choices"][number] | undefined {
  return chunk.choices.find((choice) => !choice.index);
}

/** The delta's part of the answer, or "". */
export function contentOf(delta: ChatDelta): string {
  return delta.content || delta.refusal || "";
}

/** The delta's part of the reasoning, or "". Newer vLLM and Together call it `reasoning`; hosts that send both repeat it. */
export function reasoningOf(delta: ChatDelta): string {
  return delta.reasoning_content || delta.reasoning || "";
}
