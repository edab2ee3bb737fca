import type { Model } from "#lib/models/model.ts";
import type { ChatMessage, ChatRequest, ChatTool } from "#lib/wire/chat-completions.ts";

export interface PreparedCall {
  /** The body as the upstream accepts it; each upstream writes its own name of the model into it. */
  body: Record<string, unknown>;
  stream: boolean;
  /** Whether the client asked for the usage chunk that every streamed call asks the upstream for. */
  wantsUsage: boolean;
  /** One sentence for each thing that was changed in what the client meant. */
  warnings: string[];
}

/**
 * Adapts a request to Kimi's rules: pinned sampling fields dropped, one answer limit within the model's, usage asked for, roles and
 * tools it knows, and the placeholder its tool-call turns need. Everything else is passed as it came.
 * Source: Moonshot's API reference for K2.6 and what its API answers to each of these.
 */
export function prepareCall(request: ChatRequest, model: Model): PreparedCall {
  const warnings: string[] = [];
  const stream = request.stream === true;
  const tooled = keepFunctionTools(request, warnings);
  const thinking = freeForcedChoice(tooled, warnings);
  const sampled = dropPinnedSampling(thinking, warnings);
  const limited = limitAnswer(sampled, model, warnings);
  const { stream_options, ...rest } = limited;
  return {
    body: {
      ...rest,
      messages: limited.messages.map((message) => adaptMessage(message, thinks(limited))),
      ...(stream && { stream_options: { ...stream_options, include_usage: true } }),
    },
    stream,
    wantsUsage: request.stream_options?.include_usage === true,
    warnings,
  };
}

function thinks(request: ChatRequest): boolean {
  return request.thinking?.type !== "disabled";
}

/** The values that K2.6 fixes. Any other is refused by it, with a 400. */
function pinnedSampling(thinking: boolean): Record<string, number> {
  return { temperature: thinking ? 1 : 0.6, top_p: 0.95, n: 1, presence_penalty: 0, frequency_penalty: 0 };
}

function dropPinnedSampling(request: ChatRequest, warnings: string[]): ChatRequest {
  const kept = { ...request };
  for (const [field, accepted] of Object.entries(pinnedSampling(thinks(request)))) {
    const asked = kept[field];
    if (asked === undefined) continue;
    delete kept[field];
    if (asked !== accepted && asked !== null) {
      warnings.push(`${field} is fixed at ${accepted} for this model and was ignored`);
    }
  }
  return kept;
}

function limitAnswer(request: ChatRequest, model: Model, warnings: string[]): ChatRequest {
  const { max_tokens, max_completion_tokens, ...rest } = request;
  const asked = max_completion_tokens ?? max_tokens ?? null;
  if (asked === null) return rest;
  if (asked > model.maxOutputTokens) {
    const field = max_completion_tokens == null ? "max_tokens" : "max_completion_tokens";
    warnings.push(
      `${field} was lowered from ${asked} to ${model.maxOutputTokens}, the most this model gives`,
    );
  }
  return { ...rest, max_completion_tokens: Math.min(asked, model.maxOutputTokens) };
}

function keepFunctionTools(request: ChatRequest, warnings: string[]): ChatRequest {
  const { tools, tool_choice, parallel_tool_calls, ...rest } = request;
  if (!tools) return request;
  const isFunction = (tool: ChatTool) => tool.type === "function";
  const kept = tools.filter(isFunction);
  if (kept.length === tools.length && kept.length > 0) return request;
  for (const type of new Set(tools.filter((tool) => !isFunction(tool)).map((tool) => tool.type))) {
    warnings.push(`tools of type ${type} are not supported and were left out`);
  }
  if (kept.length === 0) return rest;
  const choosesKept =
    typeof tool_choice !== "object" || tool_choice === null || tool_choice.type === "function";
  if (!choosesKept) warnings.push(`tool_choice of type ${tool_choice.type} is not supported and was ignored`);
  return {
    ...rest,
    tools: kept,
    ...(choosesKept && tool_choice != null && { tool_choice }),
    ...(parallel_tool_calls != null && { parallel_tool_calls }),
  };
}

/** K2.6 refuses a forced tool call while it thinks. Where the client did not ask for thinking, the forced call wins. */
function freeForcedChoice(request: ChatRequest, warnings: string[]): ChatRequest {
  const choice = request.tool_choice;
  const forced = choice === "required" || (typeof choice === "object" && choice !== null);
  if (!forced || request.thinking != null) return request;
  warnings.push("thinking was switched off: this model cannot think when tool_choice forces a call");
  return { ...request, thinking: { type: "disabled" } };
}

// The shortest reasoning that K2.6 accepts in history; it refuses an empty one.
const absentReasoning = " ";

function adaptMessage(message: ChatMessage, thinking: boolean): ChatMessage {
  if (message.role === "developer") return { ...message, role: "system" };
  const isBareToolTurn =
    message.role === "assistant" && Boolean(message.tool_calls?.length) && !message.reasoning_content;
  return isBareToolTurn && thinking ? { ...message, reasoning_content: absentReasoning } : message;
}
