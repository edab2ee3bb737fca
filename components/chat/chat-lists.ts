import type { ListKey } from "./chat-api.ts";
import type { ChatList, ChatListItem } from "./chat-schemas.ts";

/** A list of chats as far as it is loaded. */
export interface LoadedList extends ChatList {
  loaded: boolean;
  loading: boolean;
  failed: boolean;
}

/** The lists that are loaded; of folders only those that were opened. */
export type Lists = { [key in ListKey]?: LoadedList } & { recent: LoadedList; pinned: LoadedList };

export const emptyList: LoadedList = {
  chats: [],
  nextCursor: null,
  loaded: false,
  loading: false,
  failed: false,
};

/** The list that a chat stands in; one that is pinned stands in its folder as well. */
export function listOf({ archived, pinned, folderId }: ChatListItem): ListKey | string {
  if (archived) return "archived";
  return pinned ? "pinned" : (folderId ?? "recent");
}

/** The lists that are there, with their keys. */
export function eachList(lists: Lists): [string, LoadedList][] {
  return Object.entries(lists).flatMap(([key, list]) => (list ? [[key, list]] : []));
}

export function changeLists(lists: Lists, change: (list: LoadedList, key: string) => LoadedList): Lists {
  const changed = { ...lists };
  for (const [key, list] of eachList(lists)) Object.assign(changed, { [key]: change(list, key) });
  return changed;
}

export function withoutChat(list: LoadedList, chatId: string): LoadedList {
  if (!list.chats.some((chat) => chat.id === chatId)) return list;
  return { ...list, chats: list.chats.filter((chat) => chat.id !== chatId) };
}

/** Puts a chat in its place, latest first; not where older chats are not loaded yet. */
export function withChat(list: LoadedList, chat: ChatListItem): LoadedList {
  const others = list.chats.filter((other) => other.id !== chat.id);
  const oldest = others.at(-1);
  if (list.nextCursor !== null && oldest && chat.lastMessageAt < oldest.lastMessageAt)
    return { ...list, chats: others };
  const chats = [...others, chat].sort(
    (a, b) => b.lastMessageAt.localeCompare(a.lastMessageAt) || b.id.localeCompare(a.id),
  );
  return { ...list, chats };
}

/** Takes over the newest page; older chats that are loaded stay. */
export function refreshed(list: LoadedList, fresh: ChatList): LoadedList {
  const newest = new Set(fresh.chats.map((chat) => chat.id));
  const oldestFresh = fresh.chats.at(-1)?.lastMessageAt ?? "";
  const older =
    fresh.nextCursor === null
      ? []
      : list.chats.filter((chat) => !newest.has(chat.id) && chat.lastMessageAt < oldestFresh);
  return {
    ...list,
    loaded: true,
    chats: [...fresh.chats, ...older],
    nextCursor: older.length === 0 ? fresh.nextCursor : list.nextCursor,
  };
}

export function isFolderId(id: string): id is `fld_${string}` {
  return id.startsWith("fld_");
}

export function isListKey(key: string): key is ListKey {
  return key === "recent" || key === "pinned" || key === "archived" || isFolderId(key);
}
