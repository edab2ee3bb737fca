export interface SummaryPart {
  type: "summary_text";
  text: string;
}

export interface TextPart {
  type: "output_text";
  text: string;
  annotations: never[];
  logprobs: never[];
}

export type ItemStatus = "in_progress" | "completed" | "incomplete";

export interface ReasoningItem {
  type: "reasoning";
  id: string;
  summary: SummaryPart[];
  encrypted_content?: string;
  status: ItemStatus;
}

export interface MessageItem {
  type: "message";
  id: string;
  role: "assistant";
  content: TextPart[];
  status: ItemStatus;
}

export interface FunctionCallItem {
  type: "function_call";
  id: string;
  call_id: string;
  name: string;
  arguments: string;
  status: ItemStatus;
}

export type OutputItem = ReasoningItem | MessageItem | FunctionCallItem;

export interface ResponsesUsage {
  input_tokens: number;
  input_tokens_details: { cached_tokens: number; cache_write_tokens: number };
  output_tokens: number;
  output_tokens_details: { reasoning_tokens: number };
  total_tokens: number;
}

/** The response itself. The fields not listed echo the request. */
export interface ResponseObject {
  id: string;
  object: "response";
  /** Unix seconds. */
  created_at: number;
  status: "in_progress" | "completed" | "incomplete" | "failed";
  error: { code: string; message: string } | null;
  incomplete_details: { reason: "max_output_tokens" | "content_filter" } | null;
  model: string;
  output: OutputItem[];
  usage: ResponsesUsage | null;
  [field: string]: unknown;
}

interface OfItem {
  item_id: string;
  output_index: number;
}
type OfSummary = OfItem & { summary_index: number };
type OfContent = OfItem & { content_index: number };

export type ResponsesEventBody =
  | {
      type: `response.${"created" | "in_progress" | "completed" | "incomplete" | "failed"}`;
      response: ResponseObject;
    }
  | { type: `response.output_item.${"added" | "done"}`; output_index: number; item: OutputItem }
  | ({ type: `response.reasoning_summary_part.${"added" | "done"}`; part: SummaryPart } & OfSummary)
  | ({ type: "response.reasoning_summary_text.delta"; delta: string } & OfSummary)
  | ({ type: "response.reasoning_summary_text.done"; text: string } & OfSummary)
  | ({ type: `response.content_part.${"added" | "done"}`; part: TextPart } & OfContent)
  | ({ type: "response.output_text.delta"; delta: string; logprobs: never[] } & OfContent)
  | ({ type: "response.output_text.done"; text: string; logprobs: never[] } & OfContent)
  | ({ type: "response.function_call_arguments.delta"; delta: string } & OfItem)
  | ({ type: "response.function_call_arguments.done"; name: string; arguments: string } & OfItem);

/**
 * One event of a Responses stream, in OpenAI's names; on the wire its `type` is also the SSE event name.
 * Source: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export type ResponsesEvent = ResponsesEventBody & { sequence_number: number };
