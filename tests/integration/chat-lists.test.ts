import { afterAll, describe, expect, test } from "vitest";
import { defaultChatOptions } from "#lib/chat/default-options.ts";
import {
  type ChatListName,
  getChat,
  listChats,
  listRunningChats,
  updateChat,
} from "#lib/chat/store/chats.ts";
import {
  createFolder,
  deleteFolder,
  listFolders,
  purgeDeletedFolders,
  renameFolder,
  restoreFolder,
} from "#lib/chat/store/folders.ts";
import { purgeTemporaryChats } from "#lib/chat/store/purge-chats.ts";
import { startTurn } from "#lib/chat/store/turns.ts";
import { clientId } from "#tests/support/chat.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";

const dayMs = 24 * 60 * 60_000;

describe.each(databases)("lists of chats on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  async function begin(accountId: string, given: { chatId?: string; temporary?: boolean; now?: Date } = {}) {
    const turn = {
      chatId: clientId("chat"),
      parentId: null,
      userMessageId: clientId("msg"),
      assistantMessageId: clientId("msg"),
      parts: [{ type: "text" as const, text: "Hello" }],
      title: "Hello",
      options: defaultChatOptions,
      processId: "proc_chat_lists_test",
      now: new Date(),
      ...given,
    };
    await startTurn(db, accountId, turn);
    return turn;
  }

  async function idsIn(accountId: string, list: ChatListName): Promise<string[]> {
    return (await listChats(db, accountId, null, list)).chats.map((chat) => chat.id);
  }

  test("a chat is in one list: recent, pinned or archived, and one that goes on leaves the archive", async () => {
    const { id } = await createTestAccount(db);
    const { chatId } = await begin(id);
    const lists = async () => ({
      recent: await idsIn(id, { kind: "recent" }),
      pinned: await idsIn(id, { kind: "pinned" }),
      archived: await idsIn(id, { kind: "archived" }),
    });
    expect(await lists()).toEqual({ recent: [chatId], pinned: [], archived: [] });
    await updateChat(db, id, chatId, { pinned: true });
    expect(await lists()).toEqual({ recent: [], pinned: [chatId], archived: [] });
    await updateChat(db, id, chatId, { archived: true });
    expect(await lists()).toEqual({ recent: [], pinned: [], archived: [chatId] });
    await db.generation.updateMany({ where: { chatId }, data: { status: "completed" } });
    await begin(id, { chatId });
    expect(await lists()).toEqual({ recent: [], pinned: [chatId], archived: [] });
  });

  test("the chats of a deleted folder are in the list until it is restored", async () => {
    const { id } = await createTestAccount(db);
    const { chatId } = await begin(id);
    const first = await createFolder(db, id, "First");
    const second = await createFolder(db, id, "Second");
    expect(await renameFolder(db, id, second.id, "Last")).toEqual({ ...second, name: "Last" });
    expect((await listFolders(db, id)).map((folder) => folder.name)).toEqual(["First", "Last"]);
    await updateChat(db, id, chatId, { folderId: first.id });
    const filed = { kind: "folder", folderId: first.id } as const;
    expect([await idsIn(id, filed), await idsIn(id, { kind: "recent" })]).toEqual([[chatId], []]);
    expect(await deleteFolder(db, id, first.id, new Date("2020-01-01"))).toBe(true);
    const { chats } = await listChats(db, id, null);
    expect(chats).toMatchObject([{ id: chatId, folderId: null }]);
    expect([await idsIn(id, filed), (await listFolders(db, id)).length]).toEqual([[], 1]);
    expect(await restoreFolder(db, id, first.id)).toBe(true);
    expect([await idsIn(id, filed), await idsIn(id, { kind: "recent" })]).toEqual([[chatId], []]);
    await deleteFolder(db, id, first.id, new Date("2020-01-01"));
    await purgeDeletedFolders(db, new Date("2020-01-02"));
    expect(await restoreFolder(db, id, first.id)).toBe(false);
    expect(await idsIn(id, { kind: "recent" })).toEqual([chatId]);
  });

  test("folders and chats of another account are not there", async () => {
    const owner = await createTestAccount(db);
    const other = await createTestAccount(db);
    const { chatId } = await begin(owner.id);
    const mine = await createFolder(db, owner.id, "Mine");
    const theirs = await createFolder(db, other.id, "Theirs");
    expect(await updateChat(db, owner.id, chatId, { folderId: theirs.id })).toBeNull();
    expect(await updateChat(db, other.id, chatId, { pinned: true })).toBeNull();
    expect(await renameFolder(db, other.id, mine.id, "Taken")).toBeNull();
    expect(await deleteFolder(db, other.id, mine.id, new Date())).toBe(false);
    expect(await restoreFolder(db, other.id, mine.id)).toBe(false);
    await updateChat(db, owner.id, chatId, { folderId: mine.id });
    expect(await idsIn(other.id, { kind: "folder", folderId: mine.id })).toEqual([]);
    expect(await listRunningChats(db, other.id)).toEqual([]);
    expect(await listRunningChats(db, owner.id)).toEqual([chatId]);
  });

  test("a temporary chat is in no list, each turn puts its end off, and then it is gone with everything", async () => {
    const { id } = await createTestAccount(db);
    const began = new Date();
    const { chatId } = await begin(id, { temporary: true, now: began });
    for (const kind of ["recent", "pinned", "archived"] as const)
      expect(await idsIn(id, { kind })).toEqual([]);
    expect(await listRunningChats(db, id)).toEqual([]);
    const until = async () => (await getChat(db, id, chatId))?.temporaryUntil?.getTime();
    expect(await until()).toBe(began.getTime() + dayMs);
    const later = new Date(began.getTime() + 60_000);
    await db.generation.updateMany({ where: { chatId }, data: { status: "completed" } });
    await begin(id, { chatId, now: later });
    expect(await until()).toBe(later.getTime() + dayMs);
    await db.chat.update({ where: { id: chatId }, data: { temporaryUntil: new Date(Date.now() - 1) } });
    expect(await getChat(db, id, chatId)).toBeNull();
    await expect(begin(id, { chatId })).rejects.toMatchObject({ reason: "not_found" });
    await purgeTemporaryChats(db, new Date(), 1_000);
    expect(await db.message.count({ where: { chatId } })).toBe(0);
    expect(await db.chat.count({ where: { id: chatId } })).toBe(0);
  });
});
