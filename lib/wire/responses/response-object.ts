import type { TokenUsage } from "../token-usage.ts";
import type { ResponseObject, ResponsesUsage } from "./events.ts";
import type { ResponsesRequest } from "./request.ts";

export interface ResponsesContext {
  responseId: string;
  /** Unix seconds. */
  createdAt: number;
  model: string;
  request: ResponsesRequest;
  /** A fresh id that begins with this prefix and an underscore. */
  newItemId(prefix: "rs" | "msg" | "fc" | "call"): string;
}

/** A response with nothing in it yet: every field OpenAI's has, as the request asked for it or as it is by default. */
export function newResponseObject({
  responseId,
  createdAt,
  model,
  request,
}: ResponsesContext): ResponseObject {
  return {
    id: responseId,
    object: "response",
    access_programs: null,
    created_at: createdAt,
    status: "in_progress",
    background: false,
    completed_at: null,
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    metadata: request.metadata ?? {},
    model,
    output: [],
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: null,
    prompt_cache_key: request.prompt_cache_key ?? null,
    reasoning: { effort: request.reasoning?.effort ?? null, summary: request.reasoning?.summary ?? null },
    safety_identifier: request.safety_identifier ?? null,
    service_tier: "default",
    store: request.store ?? true,
    temperature: request.temperature ?? null,
    text: request.text?.format ? request.text : { format: { type: "text" } },
    tool_choice: request.tool_choice ?? "auto",
    tools: (request.tools ?? []).map((tool) => ({ parameters: null, strict: null, ...tool })),
    top_logprobs: 0,
    top_p: request.top_p ?? null,
    truncation: request.truncation ?? "disabled",
    usage: null,
    ...(request.user != null && { user: request.user }),
  };
}

export function toResponsesUsage(usage: TokenUsage): ResponsesUsage {
  return {
    input_tokens: usage.promptTokens,
    input_tokens_details: { cached_tokens: usage.cachedTokens, cache_write_tokens: 0 },
    output_tokens: usage.completionTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.promptTokens + usage.completionTokens,
  };
}
