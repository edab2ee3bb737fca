import { asProblem } from "./chat-api.ts";
import type { ChatDetail } from "./chat-schemas.ts";
import { type ChatState, withEnd, withUnread } from "./chat-state.ts";
import type { ChatStoreTools } from "./chat-store-tools.ts";
import { retryUntilDone } from "./retry.ts";

/** The store that a reader works for. */
export interface ReadChat {
  readonly chatId: string;
  get(): ChatState;
  set(change: Partial<ChatState>): void;
  /** Takes over what the server has. */
  take(detail: ChatDetail): void;
  /** A reply has begun here that the server has not confirmed: what it has is not the present. */
  isAhead(): boolean;
  /** There is no such chat any more. */
  gone(): void;
}

type ReaderTools = Pick<ChatStoreTools, "api" | "pause" | "readEnd" | "untilDrawn">;

/** Reads a chat from the server: its end before all of it, and again when asked. */
export class ChatReader {
  readonly #chat: ReadChat;
  readonly #tools: ReaderTools;
  /** Counts acts, so that an answer asked for before one is not taken for the present. */
  #epoch = 0;

  constructor(chat: ReadChat, tools: ReaderTools) {
    this.#chat = chat;
    this.#tools = tools;
  }

  /** The person does something: what is being read is of before. */
  noteAct(): void {
    this.#epoch += 1;
  }

  /** Reads until all of the chat is here. */
  async readWhole(signal: AbortSignal): Promise<void> {
    if (this.#chat.get().phase === "loading") await this.#readEnd();
    // To read a thousand messages takes from the time in which the newest are drawn.
    if (this.#chat.get().partial) await this.#tools.untilDrawn();
    await retryUntilDone(this.refresh, this.#tools.pause, signal);
  }

  /** Reads the chat again. False when not all of it could be read. */
  readonly refresh = (): Promise<boolean> => this.#refresh(({ api }, chatId) => api.get(chatId));

  /** Reads what may have changed by a reply that has ended, and not a long chat again. */
  readonly refreshEnd = (): Promise<boolean> =>
    this.#refresh(async ({ api }, chatId) => {
      const { partial, messages } = this.#chat.get();
      const end = partial ? null : withEnd(messages, await api.getEnd(chatId));
      return end ?? api.get(chatId);
    });

  async #refresh(read: (tools: ReaderTools, chatId: string) => Promise<ChatDetail>): Promise<boolean> {
    const chat = this.#chat;
    if (chat.get().phase === "new" || chat.isAhead()) return !chat.get().partial;
    const epoch = this.#epoch;
    try {
      const detail = await read(this.#tools, chat.chatId);
      if (epoch === this.#epoch) chat.take(detail);
      return !chat.get().partial;
    } catch (error) {
      if (epoch === this.#epoch) chat.set(withUnread(chat.get(), asProblem(error)));
      const missing = chat.get().phase === "missing";
      if (missing) chat.gone();
      return missing;
    }
  }

  async #readEnd(): Promise<void> {
    const epoch = this.#epoch;
    const end = await this.#tools.readEnd(this.#chat.chatId).catch(() => null);
    // Why it could not be read is told when all of it is read, which comes next.
    if (end && epoch === this.#epoch && this.#chat.get().phase === "loading") this.#chat.take(end);
  }
}
