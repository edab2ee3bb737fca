import type { ChatMessage } from "./chat-message.ts";

/**
 * The reply that is being written, as far as it has come. It stands apart from the chat's state, because it changes many times a second
 * and concerns one message only.
 */
export class LiveReply {
  #message: ChatMessage | null = null;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): ChatMessage | null => this.#message;

  set(message: ChatMessage | null): void {
    this.#message = message;
    for (const listener of this.#listeners) listener();
  }

  /** The messages with the reply as it stands now; the same array when there is none of it. */
  into(messages: readonly ChatMessage[]): readonly ChatMessage[] {
    const live = this.#message;
    return live ? messages.map((old) => (old.id === live.id ? live : old)) : messages;
  }
}
