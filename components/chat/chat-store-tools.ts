import type { ChatApi, ChatProblem } from "./chat-api.ts";
import type { ChatDetail } from "./chat-schemas.ts";
import type { WatchTools } from "./watch-reply.ts";

/** What could not be done or saved. */
export type FailedAct = "options" | "decision" | "stop" | "version" | "edit";

/** What a chat's store works with, given by the page. */
export interface ChatStoreTools extends WatchTools {
  api: ChatApi;
  /** The end of the chat, which may have been read ahead. */
  readEnd(chatId: string): Promise<ChatDetail>;
  /** Resolves once what is known has been drawn. */
  untilDrawn(): Promise<void>;
  /** Something happened that the list of chats shows; `moved`: the chat has become the newest. */
  onChange(change: { id: string; title: string; running: boolean; moved: boolean }): void;
  /** An act beside the thread failed. */
  onNotice(act: FailedAct, problem: ChatProblem): void;
}
