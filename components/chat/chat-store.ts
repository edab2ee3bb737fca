import { type ChatOptions, defaultChatOptions } from "#lib/chat/default-options.ts";
import { newestLeafBelow } from "#lib/chat/tree.ts";
import { asProblem, type CallDecision } from "./chat-api.ts";
import type { ChatMessage } from "./chat-message.ts";
import { ChatReader } from "./chat-reader.ts";
import type { ChatDetail } from "./chat-schemas.ts";
import {
  type ChatState,
  type InitialChat,
  initialState,
  withDetail,
  withoutFailedStart,
  withRefusal,
} from "./chat-state.ts";
import type { ChatStoreTools, FailedAct } from "./chat-store-tools.ts";
import { LiveReply } from "./live-reply.ts";
import { newId } from "./new-id.ts";
import { OptionSaver } from "./option-saver.ts";
import { ReplyFollower } from "./reply-follower.ts";
import type { MessageContent, MessageIds, Start } from "./start.ts";
import { startContinue, startRegenerate, startSend } from "./start.ts";

/**
 * One chat as this page sees it: its tree, the reply being written, what went wrong. The server owns the chat; this
 * watches it and sends acts (docs/decisions/003).
 */
export class ChatStore {
  readonly chatId: string;
  /** The reply that is followed, ahead of the same message in the state until its log has ended. */
  readonly live = new LiveReply();
  readonly #tools: ChatStoreTools;
  readonly #follower: ReplyFollower;
  readonly #reader: ChatReader;
  readonly #saver: OptionSaver;
  readonly #listeners = new Set<() => void>();
  #state: ChatState;
  #failed: Start | null = null;
  /** From `open` to `close`. */
  #life: AbortController | null = null;
  /** What the page came with, until it is taken over. */
  #initial: ChatDetail | null;
  /** Whether the server has the chat. */
  #made: boolean;

  constructor(
    chatId: string,
    initial: InitialChat,
    tools: ChatStoreTools,
    options: ChatOptions = defaultChatOptions,
  ) {
    this.chatId = chatId;
    this.#tools = tools;
    this.#state = initialState(initial, options);
    this.#made = initial !== "new";
    const { get, live } = this;
    const set = (change: Partial<ChatState>) => this.#set(change);
    const chat = { chatId, live, get, set, refresh: () => this.#reader.refreshEnd() };
    this.#follower = new ReplyFollower(chat, { fetch: tools.fetch, pause: tools.pause });
    const isAhead = () => this.#state.running !== null && !this.#follower.following;
    const take = (detail: ChatDetail) => this.#take(detail);
    const gone = () => this.#follower.unfollow();
    this.#reader = new ChatReader({ ...chat, take, isAhead, gone }, tools);
    this.#saver = new OptionSaver(
      (chosen) => this.#succeeds(tools.api.change(chatId, { options: chosen }), "options"),
      (settled) => this.#set({ options: settled }),
    );
    this.#initial = typeof initial === "string" ? null : initial;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): ChatState => this.#state;

  /** Begins to watch; `close` ends it. */
  open(): void {
    const life = new AbortController();
    this.#life = life;
    if (this.#initial) this.#take(this.#initial);
    this.#initial = null;
    void this.#reader.readWhole(life.signal);
  }

  close(): void {
    this.#reader.noteAct();
    this.#life?.abort();
    this.#life = null;
    this.#follower.unfollow();
  }

  /** Reads the chat again and watches the reply that is being written, if any. False when not all of it could be read. */
  readonly refresh = (): Promise<boolean> => this.#reader.refresh();

  /**
   * Sends a message after the leaf, or below another parent as a new version of what stands there. Gives whether the
   * server has taken it.
   */
  send(
    content: MessageContent,
    parentId: string | null = this.#state.leafId,
    ids?: MessageIds,
  ): Promise<boolean> {
    const options = () => (this.#made ? undefined : this.#state.options);
    return this.#begin(startSend(this.#tools.api, this.chatId, content, { parentId, options, ids }));
  }

  /** Chooses what the next replies are generated with. */
  setOptions(options: ChatOptions): void {
    this.#reader.noteAct();
    if (this.#made) this.#saver.save(options, this.#state.options);
    this.#set({ options });
  }

  /** Writes another version of a reply, beside the one there is. */
  regenerate(reply: ChatMessage): void {
    void this.#begin(startRegenerate(this.#tools.api, this.chatId, reply));
  }

  /** Goes on with a reply that ended early. */
  continueReply(reply: ChatMessage): void {
    void this.#begin(startContinue(this.#tools.api, this.chatId, reply));
  }

  /** Keeps a reply with other texts as a version beside it. Gives whether it was taken. */
  async editReply(reply: ChatMessage, texts: readonly string[]): Promise<boolean> {
    const edit = { assistantMessageId: newId("msg"), texts };
    const edited = this.#tools.api.editReply(this.chatId, reply.id, edit);
    const taken = await this.#succeeds(edited, "edit");
    this.#reader.noteAct();
    if (taken) await this.refresh();
    return taken;
  }

  /** Allows or denies a call of a tool that waits; with the last one the reply goes on. Gives whether it was taken. */
  async decide(reply: ChatMessage, decision: CallDecision): Promise<boolean> {
    const decided = this.#tools.api.decide(this.chatId, reply.id, decision);
    const taken = await this.#succeeds(decided, "decision");
    await this.refresh();
    return taken;
  }

  retryStart(): void {
    if (this.#failed) void this.#begin(this.#failed);
  }

  /** Gives up what was refused; an unsent message leaves the thread and its text is handed back. */
  dropFailedStart(): ChatMessage | null {
    const { state, unsent } = withoutFailedStart(this.#state);
    this.#failed = null;
    this.#set(state);
    return unsent;
  }

  async stop(): Promise<void> {
    const { running } = this.#state;
    if (!running) return;
    this.#follower.setRunning({ stopping: true });
    if (running.generationId === null) return;
    const stopped = this.#tools.api.stop(running.generationId);
    if (!(await this.#succeeds(stopped, "stop"))) {
      this.#follower.setRunning({ stopping: false });
    }
  }

  /** Shows another version of a message, with the newest of what follows it. */
  async switchTo(messageId: string): Promise<void> {
    if (this.#state.partial) await this.refresh();
    const leafId = newestLeafBelow(this.#state.messages, messageId)?.id ?? messageId;
    this.#reader.noteAct();
    this.#set({ leafId });
    const changed = this.#tools.api.change(this.chatId, { activeLeafId: leafId });
    await this.#succeeds(changed, "version");
  }

  async #succeeds(act: Promise<unknown>, failure: FailedAct): Promise<boolean> {
    return act.then(
      () => true,
      (error: unknown) => {
        this.#tools.onNotice(failure, asProblem(error));
        return false;
      },
    );
  }

  async #begin(start: Start): Promise<boolean> {
    if (this.#state.running) return false;
    this.#reader.noteAct();
    this.#failed = null;
    const before = this.#state;
    this.#set({
      ...start.apply(before),
      phase: "ready",
      failedStart: null,
      running: { messageId: start.replyId, generationId: null, connection: "unconfirmed", stopping: false },
    });
    return this.#confirm(start, before);
  }

  async #confirm(start: Start, before: ChatState): Promise<boolean> {
    try {
      // Without a wait for nothing: the call leaves before the page draws what it begins with.
      const saving = this.#saver.settled();
      if (saving) await saving;
      const { generationId, chat } = await start.call();
      this.#made = true;
      if (chat) this.#set({ title: chat.title, temporaryUntil: chat.temporaryUntil ?? null });
      this.#report(true, true);
      if (!this.#life) return true;
      const stopping = this.#state.running?.stopping ?? false;
      this.#follower.follow(generationId, start.replyId, 0);
      if (stopping) void this.stop();
      return true;
    } catch (error) {
      const problem = asProblem(error);
      this.#failed = start;
      this.#set(withRefusal(this.#state, before, start.messageId, problem));
      if (problem.details.status === 409) void this.refresh();
      return false;
    }
  }

  #take(detail: ChatDetail): void {
    const { running } = this.#state;
    const watched = running !== null && detail.running?.generationId === running.generationId;
    this.#follower.fold();
    if (!watched) this.live.set(null);
    this.#set(withDetail(this.#state, detail, watched ? running.messageId : null));
    if (!detail.running) this.#follower.unfollow();
    else if (!watched && this.#life) {
      const { generationId, messageId } = detail.running;
      const message = this.#state.messages.find((candidate) => candidate.id === messageId);
      this.#follower.follow(generationId, messageId, message?.metadata.materializedSeq ?? 0);
    }
    this.#report(detail.running !== null, false);
  }

  #report(running: boolean, moved: boolean): void {
    const { title, temporaryUntil } = this.#state;
    if (title !== null && temporaryUntil === null)
      this.#tools.onChange({ id: this.chatId, title, running, moved });
  }

  #set(change: Partial<ChatState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
