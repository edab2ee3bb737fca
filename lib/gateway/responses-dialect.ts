import { randomBytes } from "node:crypto";
import { errorBody } from "#lib/wire/errors.ts";
import { createResponsesEncoder } from "#lib/wire/responses/encoder.ts";
import type { OutputItem, ResponsesEvent } from "#lib/wire/responses/events.ts";
import { parseResponsesRequest, type ResponsesRequest } from "#lib/wire/responses/request.ts";
import type { ResponsesContext } from "#lib/wire/responses/response-object.ts";
import { toChatRequest } from "#lib/wire/responses/to-chat-request.ts";
import { toResponse } from "#lib/wire/responses/to-response.ts";
import { formatEvent } from "#lib/wire/sse.ts";
import type { Dialect, Reply } from "./dialect.ts";
import { fillReferences } from "./kept-items/references.ts";

/** The Responses API, translated to and from chat completions. */
export const responsesDialect: Dialect = {
  endpoint: "responses",
  fillIn: fillReferences,
  parse(body) {
    const request = parseResponsesRequest(body);
    const { chat, warnings } = toChatRequest(request);
    return {
      chat,
      warnings,
      keepsItems: request.store !== false,
      imageField: (url) => imageField(request.input, url),
      createReply: ({ requestId, nowMs }) => createResponsesReply(contextOf(request, requestId, nowMs)),
    };
  },
};

function imageField(input: ResponsesRequest["input"], url: string): string | null {
  if (typeof input === "string") return null;
  for (const [at, item] of input.entries()) {
    const field = item.type === "message" ? "content" : "output";
    const parts =
      item.type === "message" ? item.content : item.type === "function_call_output" ? item.output : "";
    if (typeof parts === "string") continue;
    const index = parts.findIndex((part) => part.type === "input_image" && part.image_url === url);
    if (index >= 0) return `input[${at}].${field}[${index}].image_url`;
  }
  return null;
}

function contextOf(request: ResponsesRequest, requestId: string, nowMs: number): ResponsesContext {
  return {
    // The metered request's id under Responses' own prefix, so that either leads to the other.
    responseId: `resp_${requestId.slice(requestId.indexOf("_") + 1)}`,
    createdAt: Math.floor(nowMs / 1000),
    model: request.model,
    request,
    newItemId: (prefix) => `${prefix}_${randomBytes(16).toString("hex")}`,
  };
}

function createResponsesReply(context: ResponsesContext): Reply {
  const encoder = createResponsesEncoder(context);
  let written = 0;
  let items: readonly OutputItem[] = [];
  const write = (events: ResponsesEvent[]): string => {
    written += events.length;
    const last = events.at(-1);
    if (last && "response" in last) items = last.response.output;
    return events.map((event) => formatEvent({ event: event.type, data: JSON.stringify(event) })).join("");
  };
  return {
    whole(_bytes, completion) {
      const response = toResponse(completion, context);
      items = response.output;
      return JSON.stringify(response);
    },
    begin: () => write(encoder.start()),
    event: (_frame, chunk) => (chunk ? write(encoder.push(chunk)) : ""),
    end: () => write(encoder.finish()),
    fail(error) {
      const failed = write(encoder.fail(error));
      const { code, message, param } = errorBody(error).error;
      const event = { type: "error", code, message, param, sequence_number: written };
      return failed + formatEvent({ event: "error", data: JSON.stringify(event) });
    },
    items: () => items,
  };
}
