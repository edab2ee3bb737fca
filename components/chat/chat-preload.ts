import { chatApi } from "./chat-api.ts";
import type { ChatDetail } from "./chat-schemas.ts";

/** What is read ahead is shown no later than this, and read anew once it is. */
const freshMs = 5_000;
/** A pointer that passes by on its way does not stay so long. */
const restMs = 60;

interface Ahead {
  chatId: string;
  atMs: number;
  reading: Promise<ChatDetail>;
  detail: ChatDetail | null;
}

/** Reads the end of a chat before it is opened: the one that the pointer or the focus rests on. */
export class ChatPreload {
  readonly #read: (chatId: string) => Promise<ChatDetail>;
  #ahead: Ahead | null = null;

  constructor(read: (chatId: string) => Promise<ChatDetail>) {
    this.#read = read;
  }

  begin(chatId: string): void {
    if (this.#current(chatId)) return;
    const ahead: Ahead = { chatId, atMs: performance.now(), reading: this.#read(chatId), detail: null };
    this.#ahead = ahead;
    ahead.reading.then(
      (detail) => {
        ahead.detail = detail;
      },
      // Whoever opens the chat reads it again and is told why.
      () => this.drop(),
    );
  }

  /** What has been read; null when that is nothing, or not any more. */
  get(chatId: string): ChatDetail | null {
    return this.#current(chatId)?.detail ?? null;
  }

  /** Takes over what is being read, or reads it now. */
  take(chatId: string): Promise<ChatDetail> {
    const ahead = this.#current(chatId);
    this.drop();
    return ahead?.reading ?? this.#read(chatId);
  }

  drop(): void {
    this.#ahead = null;
  }

  #current(chatId: string): Ahead | null {
    const ahead = this.#ahead;
    return ahead?.chatId === chatId && performance.now() - ahead.atMs < freshMs ? ahead : null;
  }
}

export const chatPreload = new ChatPreload((chatId) => chatApi.getEnd(chatId));

let resting: ReturnType<typeof setTimeout> | undefined;

/** The pointer or the focus has come to a link to the chat. */
export function approachChat(chatId: string): void {
  clearTimeout(resting);
  resting = setTimeout(() => chatPreload.begin(chatId), restMs);
}

/** It has left again. */
export function leaveChat(): void {
  clearTimeout(resting);
}
