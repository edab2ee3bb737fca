import type { ChatPage } from "#lib/chat/store/chats.ts";
import { writeCursor } from "./cursor.ts";

/** A page of chats as the API gives it. */
export function toChatList({ chats, next }: ChatPage) {
  return {
    chats: chats.map((chat) => ({ ...chat, lastMessageAt: chat.lastMessageAt.toISOString() })),
    nextCursor: next && writeCursor(next),
  };
}
