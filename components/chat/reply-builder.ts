import * as z from "zod/mini";
import { type ChatChunk, type MessageMetadata, parseParts } from "#lib/chat/message.ts";
import type { ChatMessage } from "./chat-message.ts";
import { type PartFields, present } from "./part-fields.ts";
import { parsePartialJson } from "./partial-json.ts";
import { newToolPart, type ToolChunk, withToolChunk } from "./tool-part.ts";

const hasApproval = z.object({ approval: z.looseObject({ id: z.string() }) });

/**
 * A reply that grows by the chunks of its log. It does in the browser what the AI SDK's reader does at the server, which would bring a
 * third of a megabyte with it and copies the whole message for every chunk. A part that does not change keeps its identity. It also
 * goes on with a reply that was stored in mid-answer: chunks whose beginning it has not seen belong to what is still open there.
 */
export class ReplyBuilder {
  readonly #message: ChatMessage;
  readonly #parts: PartFields[];
  #metadata: MessageMetadata;
  /** Where the text or the thought of a chunk's id stands. */
  readonly #open = new Map<string, number>();
  /** Calls whose arguments have grown since they were last read. */
  readonly #unread = new Set<number>();

  constructor(message: ChatMessage) {
    this.#message = message;
    this.#parts = message.parts.map((part) => ({ ...part }));
    this.#metadata = message.metadata;
  }

  /** The reply as it stands now. */
  message(): ChatMessage {
    for (const at of this.#unread) {
      this.#change(at, (part) => ({ ...part, input: parsePartialJson(String(part.rawInput)) }));
    }
    this.#unread.clear();
    return { ...this.#message, parts: parseParts([...this.#parts]), metadata: this.#metadata };
  }

  /** Throws when the chunk belongs to nothing that is there. */
  add(chunk: ChatChunk): void {
    switch (chunk.type) {
      case "text-start":
      case "reasoning-start":
        this.#begin(chunk);
        return;
      case "text-delta":
      case "reasoning-delta":
        this.#grow(chunk);
        return;
      case "text-end":
      case "reasoning-end":
        this.#end(chunk);
        return;
      case "start-step":
        this.#parts.push({ type: "step-start" });
        return;
      case "start":
      case "finish":
      case "message-metadata":
        this.#metadata = { ...this.#metadata, ...chunk.messageMetadata };
        return;
      case "file":
      case "source-url":
      case "source-document":
        this.#parts.push(present(chunk));
        return;
      case "tool-approval-response":
        this.#answer(chunk);
        return;
      default:
        if ("toolCallId" in chunk) this.#addToCall(chunk);
    }
  }

  #begin(chunk: Extract<ChatChunk, { type: "text-start" | "reasoning-start" }>): void {
    const { id, providerMetadata } = chunk;
    const kind = chunk.type === "text-start" ? { type: "text" } : { type: "reasoning", id };
    this.#open.set(`${kind.type} ${id}`, this.#parts.length);
    this.#parts.push(present({ ...kind, text: "", providerMetadata, state: "streaming" }));
  }

  #grow(chunk: Extract<ChatChunk, { type: "text-delta" | "reasoning-delta" }>): void {
    const { id, delta, providerMetadata } = chunk;
    const at = this.#openAt(chunk.type === "text-delta" ? "text" : "reasoning", id);
    this.#change(at, (part) =>
      present({ ...part, text: `${part.text}${delta}`, ...present({ providerMetadata }) }),
    );
  }

  #end(chunk: Extract<ChatChunk, { type: "text-end" | "reasoning-end" }>): void {
    const { id, providerMetadata } = chunk;
    const kind = chunk.type === "text-end" ? "text" : "reasoning";
    this.#change(this.#openAt(kind, id), (part) => ({
      ...part,
      state: "done",
      ...present({ providerMetadata }),
    }));
    this.#open.delete(`${kind} ${id}`);
  }

  #openAt(kind: string, id: string): number {
    const known = this.#open.get(`${kind} ${id}`);
    if (known !== undefined) return known;
    const taken = new Set(this.#open.values());
    const isOpen = (part: PartFields, at: number) =>
      part.type === kind && part.state === "streaming" && !taken.has(at);
    const own = this.#parts.findLastIndex((part, at) => isOpen(part, at) && part.id === id);
    const at = own >= 0 ? own : this.#parts.findLastIndex(isOpen);
    this.#open.set(`${kind} ${id}`, at);
    return at;
  }

  #addToCall(chunk: ToolChunk): void {
    const at = this.#parts.findLastIndex((part) => part.toolCallId === chunk.toolCallId);
    // The same id may come again in a later step, where it is another call.
    const begins =
      "toolName" in chunk && at <= this.#parts.findLastIndex((part) => part.type === "step-start");
    if (begins) {
      this.#parts.push(withToolChunk(newToolPart(chunk), chunk));
      return;
    }
    this.#change(at, (part) => withToolChunk(part, chunk));
    if (chunk.type === "tool-input-delta") this.#unread.add(at);
    else this.#unread.delete(at);
  }

  #answer(chunk: Extract<ChatChunk, { type: "tool-approval-response" }>): void {
    const { approvalId, approved, reason, providerExecuted, providerMetadata } = chunk;
    const asked = (part: PartFields) => z.safeParse(hasApproval, part).data?.approval;
    const at = this.#parts.findIndex((part) => asked(part)?.id === approvalId);
    this.#change(at, (part) => ({
      ...part,
      state: "approval-responded",
      approval: { ...asked(part), approved, ...present({ reason }) },
      ...present({ providerExecuted, callProviderMetadata: providerMetadata }),
    }));
  }

  #change(at: number, change: (part: PartFields) => PartFields): void {
    const part = this.#parts[at];
    if (!part) throw new Error("A chunk of the log belongs to no part of the reply.");
    this.#parts[at] = change(part);
  }
}
