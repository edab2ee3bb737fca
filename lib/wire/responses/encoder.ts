import { contentOf, reasoningOf } from "../chat-accumulator.ts";
import type { ChatChunk, ChatToolCallDelta } from "../chat-completions.ts";
import type { ApiError } from "../errors.ts";
import { readUsage, type TokenUsage } from "../token-usage.ts";
import { mergeToolCall, noToolCalls } from "../tool-call-merge.ts";
import type { ItemStatus, ResponseObject, ResponsesEvent, ResponsesEventBody } from "./events.ts";
import { type OpenItem, openFunctionCallItem, openMessageItem, openReasoningItem } from "./output-items.ts";
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
  const items = createItemWriter(context);
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
      const choice = chunk.choices[0];
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

interface Produced {
  item: OpenItem;
  /** In progress until its last event is out. */
  status: ItemStatus;
}

/**
 * Keeps the items in the order produced. Reasoning and text are closed when something else begins; calls stay open to the
 * end, since fragments of parallel calls may alternate.
 */
function createItemWriter({ newItemId, request }: ResponsesContext) {
  const sealed = request.store === false || (request.include ?? []).includes("reasoning.encrypted_content");
  const produced: Produced[] = [];
  const callItems = new Map<number, Produced>();
  let merged = noToolCalls;
  let running: { kind: "reasoning" | "content"; of: Produced } | null = null;

  const close = (target: Produced, status: ItemStatus): ResponsesEventBody[] => {
    target.status = status;
    return target.item.close(status);
  };

  const endRunning = (): ResponsesEventBody[] => {
    const events = running ? close(running.of, "completed") : [];
    running = null;
    return events;
  };

  const add = (item: OpenItem): Produced => {
    const next: Produced = { item, status: "in_progress" };
    produced.push(next);
    return next;
  };

  // A call is announced with its first argument fragment or when something else begins: until then its name may grow.
  const announceCall = (at: number): ResponsesEventBody[] => {
    const call = merged.calls[at];
    if (!call || callItems.has(at)) return [];
    const header = { call_id: call.id || newItemId("call"), name: call.name };
    const next = add(openFunctionCallItem(newItemId("fc"), produced.length, header));
    callItems.set(at, next);
    return [...next.item.open(), ...(call.arguments ? next.item.append(call.arguments) : [])];
  };

  const announceCallsBefore = (end: number): ResponsesEventBody[] =>
    merged.calls.slice(0, end).flatMap((_, at) => announceCall(at));

  const write = (kind: "reasoning" | "content", delta: string): ResponsesEventBody[] => {
    if (!delta) return [];
    if (running?.kind === kind) return running.of.item.append(delta);
    const before = [...endRunning(), ...announceCallsBefore(merged.calls.length)];
    const next = add(
      kind === "reasoning"
        ? openReasoningItem(newItemId("rs"), produced.length, sealed)
        : openMessageItem(newItemId("msg"), produced.length),
    );
    running = { kind, of: next };
    return [...before, ...next.item.open(), ...next.item.append(delta)];
  };

  const writeCall = (fragment: ChatToolCallDelta, position: number): ResponsesEventBody[] => {
    const { state, at } = mergeToolCall(merged, fragment, position);
    merged = state;
    const events = [...endRunning(), ...announceCallsBefore(at)];
    const delta = fragment.function?.arguments ?? "";
    if (!delta) return events;
    const open = callItems.get(at);
    return [...events, ...(open ? open.item.append(delta) : announceCall(at))];
  };

  return {
    reasoning: (delta: string) => write("reasoning", delta),
    content: (delta: string) => write("content", delta),
    toolCalls: (fragments: readonly ChatToolCallDelta[]) => fragments.flatMap(writeCall),
    /** Closes what is open. An incomplete response was cut within its last item. */
    end(status: "completed" | "incomplete"): ResponsesEventBody[] {
      const announced = announceCallsBefore(merged.calls.length);
      const last = produced.at(-1);
      const closed = produced
        .filter((target) => target.status === "in_progress")
        .flatMap((target) => close(target, target === last ? status : "completed"));
      return [...announced, ...closed];
    },
    output: () =>
      produced.map(({ item, status }) => item.snapshot(status === "in_progress" ? "incomplete" : status)),
  };
}
