import type { ChatApi, ChatProblem } from "./chat-api.ts";
import type { WatchTools } from "./watch-reply.ts";

/** What a chat's store works with, given by the page. */
export interface ChatStoreTools extends WatchTools {
  api: ChatApi;
  /** Something happened that the list of chats shows; `moved`: the chat has become the newest. */
  onChange(change: { id: string; title: string; running: boolean; moved: boolean }): void;
  /** An act beside the thread failed (stop, switching versions). */
  onNotice(title: string, problem: ChatProblem): void;
}
