import { expect, test } from "vitest";
import { emptyList, listOf, refreshed, withChat } from "./chat-lists.ts";
import type { ChatListItem } from "./chat-schemas.ts";

function chat(id: string, day: number, filed: Partial<ChatListItem> = {}): ChatListItem {
  const lastMessageAt = new Date(Date.UTC(2026, 0, day)).toISOString();
  return {
    id,
    title: id,
    lastMessageAt,
    running: false,
    pinned: false,
    archived: false,
    folderId: null,
    ...filed,
  };
}
const ids = (list: { chats: readonly ChatListItem[] }) => list.chats.map(({ id }) => id);

test("a chat stands in the archive before all else, then among the pinned, then in its folder", () => {
  expect(listOf(chat("a", 1))).toBe("recent");
  expect(listOf(chat("a", 1, { folderId: "fld_1" }))).toBe("fld_1");
  expect(listOf(chat("a", 1, { folderId: "fld_1", pinned: true }))).toBe("pinned");
  expect(listOf(chat("a", 1, { pinned: true, archived: true }))).toBe("archived");
});

test("a chat is put in its place, unless older ones are not loaded yet", () => {
  const list = { ...emptyList, chats: [chat("c", 9), chat("a", 3)], nextCursor: "more" };
  expect(ids(withChat(list, chat("b", 5)))).toEqual(["c", "b", "a"]);
  expect(ids(withChat(list, chat("a", 10)))).toEqual(["a", "c"]);
  expect(ids(withChat(list, chat("z", 1)))).toEqual(["c", "a"]);
  expect(ids(withChat({ ...list, nextCursor: null }, chat("z", 1)))).toEqual(["c", "a", "z"]);
});

test("a fresh page replaces the newest chats and keeps older ones and their cursor", () => {
  const list = { ...emptyList, chats: [chat("d", 9), chat("c", 8), chat("a", 1)], nextCursor: "old" };
  const fresh = { chats: [chat("e", 10), chat("c", 8)], nextCursor: "new" };
  expect(ids(refreshed(list, fresh))).toEqual(["e", "c", "a"]);
  expect(refreshed(list, fresh).nextCursor).toBe("old");
  expect(ids(refreshed(list, { ...fresh, nextCursor: null }))).toEqual(["e", "c"]);
});
