import type { MessageParts, StoredMessage } from "../message.ts";
import { maxMessages, SkippedConversation } from "./imported-chat.ts";

/** Of all messages together: branches that fork within a reply each hold a copy of what they share. */
const maxParts = 200_000;
const maxChars = 64_000_000;

interface NewMessage {
  id: string;
  parentId: string | null;
  parts: MessageParts;
  createdAt: Date;
}

/**
 * Puts a tree of messages together that this program can go on with: below a message of the person stands a reply, below a reply one
 * of the person. Where a reply is missing an empty one, cut short, takes its place, and offers to be written.
 */
export class TurnBuilder {
  readonly #label: string | null;
  readonly #messages = new Map<string, StoredMessage>();
  readonly #answered = new Set<string>();

  #partCount = 0;
  #sizeChars = 0;

  constructor(label: string | null) {
    this.#label = label;
  }

  /** To be asked before the parts of a reply are put together, so that a small file cannot become a huge chat. */
  claim({ count, sizeChars }: { count: number; sizeChars: number }): void {
    this.#partCount += count;
    this.#sizeChars += sizeChars;
    if (this.#partCount > maxParts || this.#sizeChars > maxChars) {
      throw new SkippedConversation("too_large", this.#label);
    }
  }

  addUser(message: NewMessage): void {
    const parent = message.parentId === null ? null : (this.#messages.get(message.parentId) ?? null);
    const parentId = parent?.role === "user" ? this.#addMissingReply(parent) : message.parentId;
    this.#add({ ...message, parentId, role: "user", metadata: {} });
  }

  addReply(message: NewMessage): void {
    this.#add({ ...message, role: "assistant", metadata: { status: "completed", finishReason: "stop" } });
  }

  /** All messages, parents before their replies. */
  finish(): StoredMessage[] {
    const unanswered = [...this.#messages.values()].filter(
      ({ id, role }) => role === "user" && !this.#answered.has(id),
    );
    for (const message of unanswered) this.#addMissingReply(message);
    return [...this.#messages.values()];
  }

  #addMissingReply({ id, createdAt }: StoredMessage): string {
    const replyId = `${id}/reply`;
    if (!this.#messages.has(replyId)) {
      this.#add({
        id: replyId,
        parentId: id,
        role: "assistant",
        parts: [],
        metadata: { status: "interrupted" },
        createdAt: new Date(createdAt.getTime() + 1),
      });
    }
    return replyId;
  }

  #add(message: StoredMessage): void {
    if (this.#messages.size >= maxMessages) {
      throw new SkippedConversation("too_many_messages", this.#label);
    }
    if (message.parentId !== null) this.#answered.add(message.parentId);
    this.#messages.set(message.id, message);
  }
}
