import type { ChatToolCallDelta } from "../chat-completions.ts";
import { mergeToolCall, noToolCalls } from "../tool-call-merge.ts";
import type { ItemStatus, OutputItem, ResponsesEventBody } from "./events.ts";
import { type OpenItem, openFunctionCallItem, openMessageItem, openReasoningItem } from "./output-items.ts";
import type { ResponsesContext } from "./response-object.ts";

interface Produced {
  item: OpenItem;
  /** In progress until its last event is out. */
  status: ItemStatus;
}

/**
 * Keeps the output items in the order produced and gives the events of each step. Reasoning and text are closed when
 * something else begins; calls stay open to the end, since fragments of parallel calls may alternate.
 */
export class ItemWriter {
  readonly #newItemId: ResponsesContext["newItemId"];
  readonly #sealed: boolean;
  readonly #produced: Produced[] = [];
  readonly #callItems = new Map<number, Produced>();
  #calls = noToolCalls;
  #running: { kind: "reasoning" | "content"; of: Produced } | null = null;

  constructor({ newItemId, request }: ResponsesContext) {
    this.#newItemId = newItemId;
    this.#sealed = request.store === false || (request.include ?? []).includes("reasoning.encrypted_content");
  }

  reasoning(delta: string): ResponsesEventBody[] {
    return this.#write("reasoning", delta);
  }

  content(delta: string): ResponsesEventBody[] {
    return this.#write("content", delta);
  }

  toolCalls(fragments: readonly ChatToolCallDelta[]): ResponsesEventBody[] {
    return fragments.flatMap((fragment, position) => this.#writeCall(fragment, position));
  }

  /** Closes what is open. An incomplete response was cut within its last item. */
  end(status: "completed" | "incomplete"): ResponsesEventBody[] {
    const announced = this.#announceCallsBefore(this.#calls.calls.length);
    const last = this.#produced.at(-1);
    const closed = this.#produced
      .filter((target) => target.status === "in_progress")
      .flatMap((target) => close(target, target === last ? status : "completed"));
    return [...announced, ...closed];
  }

  output(): OutputItem[] {
    return this.#produced.map(({ item, status }) =>
      item.snapshot(status === "in_progress" ? "incomplete" : status),
    );
  }

  #write(kind: "reasoning" | "content", delta: string): ResponsesEventBody[] {
    if (!delta) return [];
    if (this.#running?.kind === kind) return this.#running.of.item.append(delta);
    const before = [...this.#endRunning(), ...this.#announceCallsBefore(this.#calls.calls.length)];
    const place = this.#produced.length;
    const of = this.#add(
      kind === "reasoning"
        ? openReasoningItem(this.#newItemId("rs"), place, this.#sealed)
        : openMessageItem(this.#newItemId("msg"), place),
    );
    this.#running = { kind, of };
    return [...before, ...of.item.open(), ...of.item.append(delta)];
  }

  #writeCall(fragment: ChatToolCallDelta, position: number): ResponsesEventBody[] {
    const { state, at } = mergeToolCall(this.#calls, fragment, position);
    this.#calls = state;
    const before = [...this.#endRunning(), ...this.#announceCallsBefore(at)];
    const delta = fragment.function?.arguments ?? "";
    if (!delta) return before;
    const open = this.#callItems.get(at);
    return [...before, ...(open ? open.item.append(delta) : this.#announceCall(at))];
  }

  /** A call is announced with its first arguments or when something else begins: until then its name may grow. */
  #announceCall(at: number): ResponsesEventBody[] {
    const call = this.#calls.calls[at];
    if (!call || this.#callItems.has(at)) return [];
    const header = { call_id: call.id || this.#newItemId("call"), name: call.name };
    const next = this.#add(openFunctionCallItem(this.#newItemId("fc"), this.#produced.length, header));
    this.#callItems.set(at, next);
    return [...next.item.open(), ...(call.arguments ? next.item.append(call.arguments) : [])];
  }

  #announceCallsBefore(end: number): ResponsesEventBody[] {
    return this.#calls.calls.slice(0, end).flatMap((_, at) => this.#announceCall(at));
  }

  #endRunning(): ResponsesEventBody[] {
    const events = this.#running ? close(this.#running.of, "completed") : [];
    this.#running = null;
    return events;
  }

  #add(item: OpenItem): Produced {
    const next: Produced = { item, status: "in_progress" };
    this.#produced.push(next);
    return next;
  }
}

function close(target: Produced, status: ItemStatus): ResponsesEventBody[] {
  target.status = status;
  return target.item.close(status);
}
