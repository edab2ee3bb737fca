import type {
  FunctionCallItem,
  ItemStatus,
  MessageItem,
  OutputItem,
  ReasoningItem,
  ResponsesEventBody,
  SummaryPart,
  TextPart,
} from "./events.ts";
import { sealReasoning } from "./sealed-reasoning.ts";

/** An item while it is being produced; each method gives the events of that step. */
export interface OpenItem {
  open(): ResponsesEventBody[];
  append(delta: string): ResponsesEventBody[];
  close(status: ItemStatus): ResponsesEventBody[];
  /** The item as it stands. */
  snapshot(status: ItemStatus): OutputItem;
}

/** Reasoning, shown whole as one summary part; `sealed` adds its exact text as `encrypted_content`. */
export function openReasoningItem(id: string, output_index: number, sealed: boolean): OpenItem {
  const place = { item_id: id, output_index, summary_index: 0 };
  let text = "";
  const part = (): SummaryPart => ({ type: "summary_text", text });
  const snapshot = (status: ItemStatus): ReasoningItem => ({
    type: "reasoning",
    id,
    summary: text ? [part()] : [],
    ...(sealed && text && { encrypted_content: sealReasoning(text) }),
    status,
  });
  return {
    snapshot,
    open: () => [
      { type: "response.output_item.added", output_index, item: snapshot("in_progress") },
      { type: "response.reasoning_summary_part.added", ...place, part: part() },
    ],
    append(delta) {
      text += delta;
      return [{ type: "response.reasoning_summary_text.delta", ...place, delta }];
    },
    close: (status) => [
      { type: "response.reasoning_summary_text.done", ...place, text },
      { type: "response.reasoning_summary_part.done", ...place, part: part() },
      { type: "response.output_item.done", output_index, item: snapshot(status) },
    ],
  };
}

export function openMessageItem(id: string, output_index: number): OpenItem {
  const place = { item_id: id, output_index, content_index: 0 };
  let text = "";
  const part = (): TextPart => ({ type: "output_text", text, annotations: [], logprobs: [] });
  const snapshot = (status: ItemStatus): MessageItem => ({
    type: "message",
    id,
    role: "assistant",
    content: text ? [part()] : [],
    status,
  });
  return {
    snapshot,
    open: () => [
      { type: "response.output_item.added", output_index, item: snapshot("in_progress") },
      { type: "response.content_part.added", ...place, part: part() },
    ],
    append(delta) {
      text += delta;
      return [{ type: "response.output_text.delta", ...place, delta, logprobs: [] }];
    },
    close: (status) => [
      { type: "response.output_text.done", ...place, text, logprobs: [] },
      { type: "response.content_part.done", ...place, part: part() },
      { type: "response.output_item.done", output_index, item: snapshot(status) },
    ],
  };
}

export function openFunctionCallItem(
  id: string,
  output_index: number,
  call: { call_id: string; name: string },
): OpenItem {
  let text = "";
  const snapshot = (status: ItemStatus): FunctionCallItem => ({
    type: "function_call",
    id,
    ...call,
    arguments: text,
    status,
  });
  return {
    snapshot,
    open: () => [{ type: "response.output_item.added", output_index, item: snapshot("in_progress") }],
    append(delta) {
      text += delta;
      return [{ type: "response.function_call_arguments.delta", item_id: id, output_index, delta }];
    },
    close: (status) => [
      {
        type: "response.function_call_arguments.done",
        item_id: id,
        output_index,
        name: call.name,
        arguments: text,
      },
      { type: "response.output_item.done", output_index, item: snapshot(status) },
    ],
  };
}
