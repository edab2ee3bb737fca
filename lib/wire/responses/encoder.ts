import { contentOf, firstChoice, reasoningOf } from "../chat-accumulator.ts";
import type { ChatChunk } from "../chat-completions.ts";
import type { ApiError } from "../errors.ts";
import { readUsage, type TokenUsage } from "../token-usage.ts";
import type { ResponseObject, ResponsesEvent, ResponsesEventBody } from "./events.ts";
import { ItemWriter } from "./item-writer.ts";
import { newResponseObject, type ResponsesContext, toResponsesUsage } from "./response-object.ts";

/** Turns chat completion chunks into Responses events. `start`, any number of `push`, then `finish` or `fail`, once. */
export interface ResponsesEncoder {
  start(): ResponsesEvent[];
  push(chunk: ChatChunk): ResponsesEvent[];
  /** The upstream ended properly. */
  finish(): ResponsesEvent[];
  /** It did not; what was produced stays in `output` as incomplete. */
  fail(error: ApiError): ResponsesEvent[];
}

export function createResponsesEncoder(context: ResponsesContext): ResponsesEncoder {
  const base = newResponseObject(context);
  const items = new ItemWriter(context);
  let sequence = 0;
  let finishReason: string | null = null;
  let usage: TokenUsage | null = null;

  const number = (bodies: ResponsesEventBody[]): ResponsesEvent[] =>
    bodies.map((body) => ({ ...body, sequence_number: sequence++ }));

  const ended = (fields: Partial<ResponseObject>): ResponseObject => ({
    ...base,
    output: items.output(),
    usage: usage && toResponsesUsage(usage),
    ...fields,
  });

  return {
    start: () =>
      number([
        { type: "response.created", response: base },
        { type: "response.in_progress", response: base },
      ]),
    push(chunk) {
      const choice = firstChoice(chunk);
      usage = readUsage(chunk) ?? usage;
      finishReason = choice?.finish_reason || finishReason;
      if (!choice) return [];
      return number([
        ...items.reasoning(reasoningOf(choice.delta)),
        ...items.content(contentOf(choice.delta)),
        ...items.toolCalls(choice.delta.tool_calls ?? []),
      ]);
    },
    finish() {
      const reason = incompleteReason(finishReason);
      const status = reason ? "incomplete" : "completed";
      const last = items.end(status);
      const response = ended({ status, incomplete_details: reason && { reason } });
      return number([...last, { type: `response.${status}`, response }]);
    },
    fail({ code, message }) {
      return number([
        { type: "response.failed", response: ended({ status: "failed", error: { code, message } }) },
      ]);
    },
  };
}

function incompleteReason(finishReason: string | null) {
  if (finishReason === "length") return "max_output_tokens";
  return finishReason === "content_filter" ? "content_filter" : null;
}
