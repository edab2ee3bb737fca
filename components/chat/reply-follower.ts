import type { ChatMessage } from "./chat-message.ts";
import type { ChatState, RunningReply } from "./chat-state.ts";
import type { ChatStoreTools } from "./chat-store-tools.ts";
import type { LiveReply } from "./live-reply.ts";
import { retryUntilDone } from "./retry.ts";

/** Fetched when a reply is written, or before (`useThreadAhead`). */
export const loadWatch = () => import("./watch-reply.ts");

const AGAIN_AFTER_MS = 1_000;

/** The store that a follower works for. */
export interface FollowedChat {
  readonly live: LiveReply;
  get(): ChatState;
  set(change: Partial<ChatState>): void;
  /** Reads the chat again; false when it could not be read. */
  refresh(): Promise<boolean>;
}

/** Follows the log of the reply that is being written, to its end and until the stored message is read. */
export class ReplyFollower {
  readonly #chat: FollowedChat;
  readonly #tools: Pick<ChatStoreTools, "fetch" | "pause">;
  #watch: AbortController | null = null;

  constructor(chat: FollowedChat, tools: Pick<ChatStoreTools, "fetch" | "pause">) {
    this.#chat = chat;
    this.#tools = tools;
  }

  get following(): boolean {
    return this.#watch !== null;
  }

  /** Takes up the log after a position that the message in the state contains. */
  follow(generationId: string, messageId: string, after: number): void {
    const again = this.#chat.get().running?.connection === "ended";
    this.#watch?.abort();
    const watch = new AbortController();
    this.#watch = watch;
    this.#chat.set({ running: { messageId, generationId, connection: "connecting", stopping: false } });
    const message = this.#chat.get().messages.find((candidate) => candidate.id === messageId);
    if (!message) return;
    const options = {
      ...this.#tools,
      generationId,
      message,
      after,
      signal: watch.signal,
      onConnection: (connection: "live" | "lost") => this.setRunning({ connection }),
      onMessage: (next: ChatMessage) => this.#chat.live.set(next),
    };
    // A log that ended while the reply still runs is not asked for again at once.
    const rest = again ? this.#tools.pause(AGAIN_AFTER_MS, watch.signal) : Promise.resolve();
    void Promise.all([loadWatch(), rest])
      .then(([{ watchReply }]) => watchReply(options))
      // What follows a log could not be fetched: the stored message is read instead.
      .catch(() => undefined)
      .finally(() => this.#settle(watch));
  }

  unfollow(): void {
    this.#watch?.abort();
    this.#watch = null;
    this.fold();
    this.#chat.live.set(null);
    if (this.#chat.get().running) this.#chat.set({ running: null });
  }

  /** Takes what was followed over into the state. */
  fold(): void {
    const { messages } = this.#chat.get();
    const folded = this.#chat.live.into(messages);
    if (folded !== messages) this.#chat.set({ messages: folded });
  }

  setRunning(change: Partial<RunningReply>): void {
    const { running } = this.#chat.get();
    if (running) this.#chat.set({ running: { ...running, ...change } });
  }

  /** After the log's end the stored message is the truth: its figures, its error. */
  #settle(watch: AbortController): Promise<void> {
    const attempt = async () => {
      if (this.#watch !== watch) return true;
      this.setRunning({ generationId: null, connection: "ended" });
      await this.#chat.refresh();
      return this.#watch !== watch;
    };
    return retryUntilDone(attempt, this.#tools.pause, watch.signal);
  }
}
