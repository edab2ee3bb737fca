import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { deleteChat, getChat, listChats } from "#lib/chat/store/chats.ts";
import { deleteAllChats, eachChatId, readWholeChat } from "#lib/chat/store/exports.ts";
import { createFolder, deleteFolder, listFolders } from "#lib/chat/store/folders.ts";
import {
  getOwnerOfSharedFile,
  getSharedChat,
  getShareOfChat,
  listShares,
  revokeShare,
  shareChat,
} from "#lib/chat/store/shares.ts";
import { accountChatFiles, foldersFile } from "#lib/chat/transfer/export-files.ts";
import { toExportedChat } from "#lib/chat/transfer/export-format.ts";
import { unfiled } from "#lib/chat/transfer/filing.ts";
import type { FileReport } from "#lib/chat/transfer/import-report.ts";
import type { FileKeeper } from "#lib/chat/transfer/keep-files.ts";
import { packZip } from "#lib/chat/transfer/pack.ts";
import { importFile } from "#lib/chat/transfer/run-import.ts";
import { chatGptConversation } from "#tests/support/chatgpt-export.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { wholeChats } from "#tests/support/whole-chats.ts";

const folder = mkdtempSync(join(tmpdir(), "aig-transfer-"));
afterAll(() => rmSync(folder, { recursive: true }));

const now = new Date("2026-11-26T12:00:00Z");
let files = 0;

describe.each(databases)("chats come and go on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  const errors: unknown[] = [];
  const keptBytes = new Map<string, Uint8Array>();
  const keepFile: FileKeeper = async (_accountId, { filename, bytes }) => {
    if (!filename.endsWith(".png")) return null;
    keptBytes.set(filename, bytes);
    return {
      type: "file",
      mediaType: "image/png",
      filename,
      url: `/api/attachments/att_${filename.slice(0, -4)}`,
    };
  };

  async function importBytes(accountId: string, name: string, content: string | Uint8Array) {
    files += 1;
    const path = join(folder, String(files));
    writeFileSync(path, content);
    const handle = await open(path, "r");
    const environment = {
      db,
      now: () => now.getTime(),
      keepFile,
      log: { error: (...told: unknown[]) => void errors.push(told) },
    };
    let reports: FileReport[] = [];
    const events = importFile(environment, accountId, { name, handle, signal: new AbortController().signal });
    for await (const event of events) if (event.type === "report") reports = event.files;
    await handle.close();
    return reports;
  }

  async function exportAll(accountId: string): Promise<Uint8Array> {
    async function* chats() {
      for await (const id of eachChatId(db, accountId)) {
        const chat = await readWholeChat(db, accountId, id);
        if (chat) yield chat;
      }
    }
    const readFile = async (id: string) => {
      const filename = `${id.slice(4)}.png`;
      const bytes = keptBytes.get(filename);
      return bytes ? { mediaType: "image/png", filename, bytes } : null;
    };
    async function* files() {
      yield foldersFile(await listFolders(db, accountId), now);
      yield* accountChatFiles(chats(), { readFile, now });
    }
    const zip = packZip(files());
    return new Uint8Array(await new Response(zip).arrayBuffer());
  }

  const two = () => JSON.stringify([chatGptConversation("one"), chatGptConversation("two")]);

  test("an import keeps dates and the branch, and importing again adds nothing", async () => {
    const account = await createTestAccount(db);
    expect(await importBytes(account.id, "conversations.json", two())).toEqual([
      expect.objectContaining({ format: "chatgpt", imported: 2, skipped: 0, problem: null }),
    ]);
    const { chats } = await listChats(db, account.id, null);
    expect(chats.map(({ title }) => title).toSorted()).toEqual(["Talk one", "Talk two"]);
    expect(chats.map(({ lastMessageAt }) => lastMessageAt.getTime())).toEqual([
      1_700_000_900_000, 1_700_000_900_000,
    ]);
    const chat = await getChat(db, account.id, chats[0]?.id ?? "");
    expect(chat?.messages.map(({ role }) => role)).toEqual(["user", "assistant", "assistant"]);
    expect(chat?.messages.find(({ id }) => id === chat.activeLeafId)?.parts).toEqual([
      { type: "text", text: "First answer" },
    ]);
    expect(await importBytes(account.id, "again.json", two())).toEqual([
      expect.objectContaining({ imported: 0, present: 2 }),
    ]);
    expect((await listChats(db, account.id, null)).chats).toHaveLength(2);
  });

  test("two imports of one file at the same time make each chat once", async () => {
    const account = await createTestAccount(db);
    const reports = await Promise.all([1, 2, 3].map(() => importBytes(account.id, "a.json", two())));
    const [made, there] = (["imported", "present"] as const).map((outcome) =>
      reports.flat().reduce((sum, report) => sum + report[outcome], 0),
    );
    expect([made, there]).toEqual([2, 4]);
    expect(errors).toEqual([]);
  });

  test("a later export of the same chat adds what is new, and a deleted chat comes back", async () => {
    const account = await createTestAccount(db);
    await importBytes(account.id, "a.json", JSON.stringify([chatGptConversation("grows")]));
    const later = JSON.stringify([chatGptConversation("grows", { goesOn: true })]);
    expect(await importBytes(account.id, "b.json", later)).toEqual([expect.objectContaining({ updated: 1 })]);
    const [chat] = (await listChats(db, account.id, null)).chats;
    const whole = await getChat(db, account.id, chat?.id ?? "");
    expect(whole?.messages).toHaveLength(5);
    expect(whole?.messages.find(({ id }) => id === whole.activeLeafId)?.parts).toEqual([
      { type: "text", text: "Last answer" },
    ]);
    await deleteChat(db, account.id, chat?.id ?? "", now);
    expect(await importBytes(account.id, "b.json", later)).toEqual([
      expect.objectContaining({ restored: 1 }),
    ]);
    expect((await listChats(db, account.id, null)).chats).toHaveLength(1);
  });

  test("one bad conversation leaves the others alone and is told with its reason", async () => {
    const account = await createTestAccount(db);
    const file = `[${JSON.stringify(chatGptConversation("good"))}, {"title": "No tree", "mapping": 5}, {"mapping": {}}, nonsense, 7,
      ${JSON.stringify(chatGptConversation("fine"))}, {"title": "cut`;
    const [report] = await importBytes(account.id, "conversations.json", file);
    expect(report).toMatchObject({ imported: 2, skipped: 4, problem: "truncated" });
    expect(report?.skippedChats).toEqual([
      { title: "No tree", position: 2, reason: "not_a_chat" },
      { title: null, position: 3, reason: "empty" },
      { title: null, position: 4, reason: "broken_json" },
      { title: null, position: 5, reason: "not_a_chat" },
    ]);
  });

  test("text that PostgreSQL cannot hold is made storable", async () => {
    const account = await createTestAccount(db);
    const odd = chatGptConversation("odd", { title: "a\u0000b\ud800", text: "nul \u0000 half \udc00" });
    expect(await importBytes(account.id, "a.json", JSON.stringify([odd]))).toEqual([
      expect.objectContaining({ imported: 1 }),
    ]);
  });

  test.each([
    ["{}", "unknown_format"],
    ["[]", "nothing_to_import"],
    ["hello", "not_json"],
    ["PK\u0003\u0004 and no more", "broken_zip"],
  ])("%j is told to be no import", async (content, problem) => {
    const account = await createTestAccount(db);
    expect(await importBytes(account.id, "x", content)).toEqual([expect.objectContaining({ problem })]);
  });

  test("an account's zip brings chats, trees and pictures into another account, and is known in its own", async () => {
    const [origin, other] = [await createTestAccount(db), await createTestAccount(db)];
    async function* chatGptZip() {
      const asked = chatGptConversation("pictures", { picture: "file-Cat1" });
      yield { path: "conversations-000.json", changedAt: now, content: JSON.stringify([asked]) };
      yield { path: "conversations-001.json", changedAt: now, content: two() };
      yield { path: "file-Cat1-cat.png", changedAt: now, content: "the bytes of a cat" };
    }
    const given = new Uint8Array(await new Response(packZip(chatGptZip())).arrayBuffer());
    const reports = await importBytes(origin.id, "gpt.zip", given);
    expect(reports.map(({ name, imported, filesKept }) => [name, imported, filesKept])).toEqual([
      ["gpt.zip › conversations-000.json", 1, 1],
      ["gpt.zip › conversations-001.json", 2, 0],
    ]);
    const zip = await exportAll(origin.id);
    expect(await importBytes(origin.id, "own.zip", zip)).toEqual([
      expect.objectContaining({ name: "own.zip", format: "aigateway", present: 3, imported: 0 }),
    ]);
    keptBytes.delete("cat.png");
    expect(await importBytes(other.id, "own.zip", zip)).toEqual([
      expect.objectContaining({ imported: 3, filesKept: 1, filesMissing: 0 }),
    ]);
    expect(Buffer.from(keptBytes.get("cat.png") ?? []).toString()).toBe("the bytes of a cat");
    const shapes = await Promise.all([origin, other].map(({ id }) => shapesOf(id)));
    expect(shapes[1]).toEqual(shapes[0]);
    expect(await importBytes(other.id, "own.zip", zip)).toEqual([expect.objectContaining({ present: 3 })]);
  });

  test("whatever an account's chats are, its zip brings them into another account as they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wholeChats, { minLength: 1, maxLength: 3 }), async (chats) => {
        const [origin, other] = [await createTestAccount(db), await createTestAccount(db)];
        await createFolder(db, origin.id, "Empty");
        for (const [place, chat] of chats.entries()) {
          const file = JSON.stringify(toExportedChat({ ...chat, id: `chat_${place}` }, [], now));
          expect(await importBytes(origin.id, "chat.json", file)).toEqual([
            expect.objectContaining({ imported: 1, skipped: 0 }),
          ]);
        }
        await createFolder(db, origin.id, "Empty");
        const zip = await exportAll(origin.id);
        expect(await importBytes(other.id, "own.zip", zip)).toEqual([
          expect.objectContaining({ imported: chats.length, skipped: 0 }),
        ]);
        expect(await shapesOf(other.id)).toEqual(await shapesOf(origin.id));
        expect(await folderNames(other.id)).toEqual(await folderNames(origin.id));
        expect(await importBytes(other.id, "own.zip", zip)).toEqual([
          expect.objectContaining({ present: chats.length }),
        ]);
        expect(await folderNames(other.id)).toEqual(await folderNames(origin.id));
      }),
      { numRuns: 6 },
    );
  });

  test("a folder deleted since comes back with the chats that an import brings", async () => {
    const account = await createTestAccount(db);
    const folder = { id: "fld_elsewhere", name: "Work" };
    const chat = (id: string) =>
      JSON.stringify(
        toExportedChat(
          {
            id,
            title: "Filed",
            createdAt: now,
            lastMessageAt: now,
            activeLeafId: null,
            filing: { ...unfiled, folder },
            messages: [{ id: "a", parentId: null, role: "user", parts: [], metadata: {}, createdAt: now }],
          },
          [],
          now,
        ),
      );
    await importBytes(account.id, "chat.json", chat("one"));
    const [made] = await listFolders(db, account.id);
    expect(await deleteFolder(db, account.id, made?.id ?? "", now)).toBe(true);
    await importBytes(account.id, "chat.json", chat("two"));
    expect(await listFolders(db, account.id)).toEqual([made]);
  });

  const folderNames = async (accountId: string) => (await listFolders(db, accountId)).map(({ name }) => name);

  async function shapesOf(accountId: string) {
    const shapes = [];
    for await (const id of eachChatId(db, accountId)) {
      const chat = await readWholeChat(db, accountId, id);
      const place = (message: string | null) => chat?.messages.findIndex((one) => one.id === message);
      const messages = chat?.messages.map(({ id: _id, parentId, ...message }) => [place(parentId), message]);
      shapes.push([
        chat?.title,
        { ...chat?.filing, folder: chat?.filing.folder?.name },
        chat?.createdAt,
        chat?.lastMessageAt,
        place(chat?.activeLeafId ?? null),
        messages,
      ]);
    }
    return shapes.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }

  async function sharedAccount() {
    const account = { ...(await createTestAccount(db)), name: "Ada" };
    const chat = chatGptConversation("shared", { picture: "file-Cat2" });
    await importBytes(account.id, "a.json", JSON.stringify([chat]));
    const [{ id } = { id: "" }] = (await listChats(db, account.id, null)).chats;
    return { account, chatId: id };
  }
  const keepBack = { reasoning: false, toolResults: false, name: false };

  test("a share shows its moment until it is taken anew, and nothing once it is revoked", async () => {
    const { account, chatId } = await sharedAccount();
    const share = await shareChat(db, account, chatId, keepBack, now);
    expect(share?.token).toMatch(/^[\w-]{32}$/);
    const token = share?.token ?? "";
    const shown = await getSharedChat(db, token);
    expect(shown).toMatchObject({ title: "Talk shared", authorName: null, takenAt: now });
    await db.message.updateMany({ where: { chatId }, data: { parts: [{ type: "text", text: "Changed" }] } });
    expect(await getSharedChat(db, token)).toEqual(shown);
    const again = await shareChat(db, account, chatId, { ...keepBack, name: true }, now);
    expect(again).toMatchObject({ id: share?.id, token });
    expect(await getSharedChat(db, token)).toMatchObject({
      authorName: "Ada",
      messages: [{ parts: [{ text: "Changed" }] }, { parts: [{ text: "Changed" }] }],
    });
    expect(await listShares(db, account.id)).toHaveLength(1);
    expect(await revokeShare(db, account.id, share?.id ?? "")).toBe(true);
    expect(await getSharedChat(db, token)).toBeNull();
    expect(await getShareOfChat(db, account.id, chatId)).toBeNull();
    expect((await shareChat(db, account, chatId, keepBack, now))?.token).not.toBe(token);
  });

  test("shares are their owner's alone", async () => {
    const { account, chatId } = await sharedAccount();
    const stranger = { ...(await createTestAccount(db)), name: null };
    const share = await shareChat(db, account, chatId, keepBack, now);
    expect(await shareChat(db, stranger, chatId, keepBack, now)).toBeNull();
    expect(await getShareOfChat(db, stranger.id, chatId)).toBeNull();
    expect(await listShares(db, stranger.id)).toEqual([]);
    expect(await revokeShare(db, stranger.id, share?.id ?? "")).toBe(false);
    expect(await readWholeChat(db, stranger.id, chatId)).toBeNull();
    expect(await deleteAllChats(db, stranger.id, now)).toBe(0);
    expect(await getSharedChat(db, share?.token ?? "")).not.toBeNull();
  });

  test("a share serves the files that it shows and no others", async () => {
    const { account, chatId } = await sharedAccount();
    await db.$executeRaw`UPDATE messages SET parts = '[{"type":"file","mediaType":"image/png","filename":"x","url":"/api/attachments/att_x"}]'
      WHERE chat_id = ${chatId} AND role = 'user'`;
    const share = await shareChat(db, account, chatId, keepBack, now);
    const token = share?.token ?? "";
    expect(await getOwnerOfSharedFile(db, token, "att_x")).toBe(account.id);
    expect(await getOwnerOfSharedFile(db, token, "att_y")).toBeNull();
    expect(await getOwnerOfSharedFile(db, "unknown", "att_x")).toBeNull();
  });

  test("a share ends with its chat, and goes for good with chat or account", async () => {
    const { account, chatId } = await sharedAccount();
    const token = (await shareChat(db, account, chatId, keepBack, now))?.token ?? "";
    await db.account.update({ where: { id: account.id }, data: { disabledAt: now } });
    expect(await getSharedChat(db, token)).toBeNull();
    await db.account.update({ where: { id: account.id }, data: { disabledAt: null } });
    expect(await deleteAllChats(db, account.id, now)).toBe(1);
    expect(await getSharedChat(db, token)).toBeNull();
    expect(await listShares(db, account.id)).toEqual([]);
    await db.chat.delete({ where: { id: chatId } });
    expect(await db.share.count({ where: { chatId } })).toBe(0);
    const second = await sharedAccount();
    await shareChat(db, second.account, second.chatId, keepBack, now);
    await db.account.delete({ where: { id: second.account.id } });
    expect(await db.share.count({ where: { chatId: second.chatId } })).toBe(0);
  });
});
