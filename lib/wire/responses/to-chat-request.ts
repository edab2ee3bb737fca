import type { ChatRequest, ChatTool } from "../chat-completions.ts";
import { ApiError } from "../errors.ts";
import { toChatMessages } from "./input-messages.ts";
import type { ResponsesRequest, ResponsesTool } from "./request.ts";

/** A chat request, and a sentence for each thing asked for that it cannot carry. */
export interface TranslatedRequest {
  chat: ChatRequest;
  warnings: string[];
}

/** Translates a Responses request. Fields known to neither API are kept as they are. */
export function toChatRequest(request: ResponsesRequest): TranslatedRequest {
  const {
    input,
    instructions,
    text,
    reasoning,
    max_output_tokens,
    tools,
    tool_choice,
    // Without meaning for chat completions, or about storage, of which there is none here.
    store,
    include,
    truncation,
    service_tier,
    stream_options,
    context_management,
    moderation,
    max_tool_calls,
    top_logprobs,
    previous_response_id,
    conversation,
    prompt,
    background,
    ...kept
  } = request;
  const messages = toChatMessages(input);
  if (messages.length === 0)
    throw new ApiError("invalid_request", "`input` must not be empty.", { param: "input" });
  const offered = offerTools(tools ?? [], tool_choice ?? undefined);
  const warnings = [...offered.warnings];
  if (text?.verbosity) warnings.push("text.verbosity is not supported and was ignored");
  if (top_logprobs) warnings.push("top_logprobs is not supported and was ignored");

  const chat: ChatRequest = {
    ...kept,
    messages: instructions ? [{ role: "system", content: instructions }, ...messages] : messages,
    ...(max_output_tokens != null && { max_completion_tokens: max_output_tokens }),
    ...(text?.format && { response_format: toResponseFormat(text.format) }),
    ...toThinking(reasoning?.effort),
    ...offered.fields,
  };
  return { chat, warnings };
}

function toThinking(effort: string | null | undefined): Pick<ChatRequest, "thinking" | "reasoning_effort"> {
  if (!effort) return {};
  return effort === "none" ? { thinking: { type: "disabled" } } : { reasoning_effort: effort };
}

interface ResponseFormat {
  type: string;
  [field: string]: unknown;
}

/** `{type: "json_schema", name, schema, strict}` lies flat in `text.format`, nested in `response_format`. */
function toResponseFormat({ type, ...fields }: ResponseFormat): ResponseFormat {
  return type === "json_schema" ? { type, json_schema: fields } : { type, ...fields };
}

interface OfferedTools {
  fields: Pick<ChatRequest, "tools" | "tool_choice">;
  warnings: string[];
}

function offerTools(tools: readonly ResponsesTool[], choice: ResponsesRequest["tool_choice"]): OfferedTools {
  const functions = tools.filter((tool) => tool.type === "function");
  const warnings = [
    ...new Set(tools.filter((tool) => tool.type !== "function").map((tool) => tool.type)),
  ].map((type) => `tools of type ${type} are not supported and were left out`);
  const toChoice = (): { named?: Set<string>; tool_choice?: ChatRequest["tool_choice"] } => {
    if (!choice) return {};
    if (typeof choice === "string") return { tool_choice: choice };
    if (choice.type === "function" && choice.name) {
      return { tool_choice: { type: "function", function: { name: choice.name } } };
    }
    if (choice.type === "allowed_tools") {
      const named = new Set((choice.tools ?? []).flatMap((tool) => tool.name ?? []));
      return { named, tool_choice: choice.mode ?? "auto" };
    }
    warnings.push(`tool_choice of type ${choice.type} is not supported and was ignored`);
    return {};
  };
  const { named, tool_choice } = toChoice();
  const offered = functions.filter((tool) => !named || named.has(tool.name ?? "")).map(toChatTool);
  if (offered.length === 0) return { fields: {}, warnings };
  return { fields: { tools: offered, ...(tool_choice && { tool_choice }) }, warnings };
}

function toChatTool({ name, description, parameters, strict }: ResponsesTool): ChatTool {
  return {
    type: "function",
    function: {
      name: name ?? "",
      ...(description != null && { description }),
      ...(parameters != null && { parameters }),
      ...(strict != null && { strict }),
    },
  };
}
