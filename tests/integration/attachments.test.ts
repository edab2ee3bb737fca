import { mkdtempSync } from "node:fs";
import { readFile as readFixture } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type FileEnvironment,
  keyOf,
  readFile,
  readFileText,
  storeFile,
} from "#lib/chat/attachments/attachments.ts";
import { localBlobs } from "#lib/chat/attachments/local-blobs.ts";
import { sumFileBytes } from "#lib/chat/attachments/store.ts";
import { sweepFiles } from "#lib/chat/attachments/sweep.ts";
import { defaultChatOptions } from "#lib/chat/default-options.ts";
import { deleteChat, getChat } from "#lib/chat/store/chats.ts";
import { purgeDeletedChats } from "#lib/chat/store/purge-chats.ts";
import { startTurn } from "#lib/chat/store/turns.ts";
import { runJobInThread } from "#lib/chat/tools/threads.ts";
import { regenerateMessage, sendMessage } from "#lib/chat/turns.ts";
import { clientId, testEnvironment, watchAll } from "#tests/support/chat.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";
import { makePdf, makePicture } from "#tests/support/make-files.ts";
import { type ScriptedGateway, startScriptedGateway } from "#tests/support/scripted-gateway.ts";

const dayMs = 24 * 60 * 60_000;
const text = (value: string) => new TextEncoder().encode(value);

describe.each(databases)("attachments on $name", ({ url }) => {
  const db = openTestDb(url);
  const blobs = localBlobs(mkdtempSync(join(tmpdir(), "aig-files-")));
  const environment: FileEnvironment = {
    db,
    blobs,
    runJob: runJobInThread,
    now: Date.now,
    accountBytes: 10 * 1_048_576,
  };
  let gateway: ScriptedGateway;
  beforeAll(async () => {
    gateway = await startScriptedGateway();
  });
  afterAll(async () => {
    await gateway.close();
    await db.$disconnect();
  });

  const store = (accountId: string, filename: string, bytes: Uint8Array<ArrayBuffer>, now = Date.now()) =>
    storeFile({ ...environment, now: () => now }, accountId, {
      filename,
      bytes,
      signal: new AbortController().signal,
    });

  const turnWith = (fileIds: string[]) => ({
    chatId: clientId("chat"),
    parentId: null,
    userMessageId: clientId("msg"),
    assistantMessageId: clientId("msg"),
    parts: [],
    fileIds,
    title: "Files",
    options: defaultChatOptions,
    processId: "proc_attachments_test",
    now: new Date(),
  });

  test("a file is its owner's alone: to read, to send, and its bytes are not shared with another's", async () => {
    const [owner, other] = [await createTestAccount(db), await createTestAccount(db)];
    const file = await store(owner.id, "notes.txt", text("private"));
    expect(new TextDecoder().decode((await readFile(environment, owner.id, file.id))?.bytes)).toBe("private");
    expect(await readFile(environment, other.id, file.id)).toBeNull();
    expect(await readFileText(environment, other.id, file.id)).toBeNull();
    await expect(startTurn(db, other.id, turnWith([file.id]))).rejects.toMatchObject({
      reason: "file_missing",
    });
    const same = await store(other.id, "notes.txt", text("private"));
    expect(same.id).not.toBe(file.id);
    expect(await blobs.get(keyOf(other.id, file.sha256))).toEqual(text("private"));
  });

  test("the same content again is the file there is, under another name a second one of the same bytes", async () => {
    const account = await createTestAccount(db);
    const files = await Promise.all([1, 2, 3].map(() => store(account.id, "a.txt", text("same"))));
    expect(new Set(files.map(({ id }) => id)).size).toBe(1);
    const named = await store(account.id, "b.txt", text("same"));
    expect(named).toMatchObject({ filename: "b.txt", sha256: files[0]?.sha256 });
    expect(await sumFileBytes(db, account.id)).toBe(4);
  });

  test("HEIC becomes a picture that every browser shows, PDF gives its text, old text its UTF-8", async () => {
    const account = await createTestAccount(db);
    const heic = new Uint8Array(await readFixture("tests/fixtures/attachments/red-and-blue.heic"));
    const picture = await store(account.id, "IMG_1.HEIC", heic);
    expect(picture).toMatchObject({ filename: "IMG_1.jpg", mediaType: "image/jpeg", width: 96, height: 64 });
    const read = await readFile(environment, account.id, picture.id);
    // Statistics are of what is read, so the left part is cut out first.
    const left = await sharp(read?.bytes)
      .extract({ left: 0, top: 0, width: 24, height: 64 })
      .png()
      .toBuffer();
    const [red, , blue] = (await sharp(left).stats()).channels;
    expect(red?.mean).toBeGreaterThan(150);
    expect(blue?.mean).toBeLessThan(100);

    const pdf = await store(account.id, "b.pdf", makePdf([["Hello"], ["World"]]));
    expect(pdf).toMatchObject({ mediaType: "application/pdf", pages: 2, truncated: false });
    expect((await readFileText(environment, account.id, pdf.id))?.text).toBe(
      "[Page 1]\nHello\n\n[Page 2]\nWorld",
    );

    const utf16 = new Uint8Array([0xff, 0xfe, ...new Uint8Array(Buffer.from("价格", "utf16le"))]);
    const converted = await store(account.id, "c.txt", utf16);
    expect((await readFileText(environment, account.id, converted.id))?.text).toBe("价格");
  });

  test("what is too large, of another kind, damaged, or beyond the account's room is refused with the reason", async () => {
    const account = await createTestAccount(db);
    const refused = (reason: string) => expect.objectContaining({ name: "FileRefusal", reason });
    await expect(store(account.id, "a.txt", text("x".repeat(2 * 1_048_576 + 1)))).rejects.toEqual(
      refused("size"),
    );
    await expect(store(account.id, "a.png", text("PK\x03\x04\0"))).rejects.toEqual(refused("type"));
    await expect(store(account.id, "a.txt", text(""))).rejects.toEqual(refused("unreadable"));
    await expect(store(account.id, "a.pdf", text("%PDF-1.7\n?"))).rejects.toEqual(refused("unreadable"));
    for (let n = 0; n < 5; n++)
      await store(account.id, "a.txt", text(`${n}${"x".repeat(2 * 1_048_576 - 2)}`));
    await expect(store(account.id, "b.txt", text("one more"))).rejects.toEqual(refused("storage_full"));
  });

  test("uploads that were never sent go after a day, those of messages stay until their chat is gone for good", async () => {
    const account = await createTestAccount(db);
    const longAgo = Date.now() - 2 * dayMs;
    const unsent = await store(account.id, "unsent.txt", text("unsent"), longAgo);
    const fresh = await store(account.id, "fresh.txt", text("fresh"));
    const sent = await store(account.id, "sent.txt", text("sent"), longAgo);
    const twin = await store(account.id, "twin.txt", text("sent"), longAgo);
    const turn = { ...turnWith([sent.id]), now: new Date(longAgo) };
    await startTurn(db, account.id, turn);
    const sweep = async () => {
      while ((await sweepFiles({ db, blobs, now: Date.now }, 100)) > 0);
    };
    await sweep();
    const left = async () => {
      const ids = [unsent, fresh, sent, twin].map(({ id }) => readFile(environment, account.id, id));
      return (await Promise.all(ids)).flatMap((found) => found?.file.filename ?? []);
    };
    expect(await left()).toEqual(["fresh.txt", "sent.txt"]);
    expect(await blobs.get(keyOf(account.id, unsent.sha256))).toBeNull();
    await deleteChat(db, account.id, turn.chatId, new Date(longAgo));
    await sweep();
    expect(await left()).toEqual(["fresh.txt", "sent.txt"]);
    while ((await purgeDeletedChats(db, new Date(Date.now() - dayMs), 100)) > 0);
    await sweep();
    expect(await left()).toEqual(["fresh.txt"]);
    expect(await blobs.get(keyOf(account.id, sent.sha256))).toBeNull();
  });

  test("a sweep and an upload of the same content never leave a file without its bytes", async () => {
    const account = await createTestAccount(db);
    for (let round = 0; round < 5; round++) {
      await store(account.id, "a.txt", text(`round ${round}`), Date.now() - 2 * dayMs);
      const [file] = await Promise.all([
        store(account.id, "a.txt", text(`round ${round}`)),
        sweepFiles({ db, blobs, now: Date.now }, 100),
      ]);
      expect((await readFile(environment, account.id, file.id))?.bytes).toEqual(text(`round ${round}`));
    }
  });

  test("the model is shown pictures as bytes and files as text, again when the reply is written anew", async () => {
    const account = { ...(await createTestAccount(db)), plan: "trial" as const };
    const chat = { ...testEnvironment(db, gateway.url), blobs };
    const picture = await store(account.id, "red.png", await makePicture("red"));
    const pdf = await store(account.id, "b.pdf", makePdf([["Hello"]]));
    const { chatId, userMessageId, assistantMessageId } = turnWith([]);
    const ids = { chatId, userMessageId, assistantMessageId };
    const started = await sendMessage(chat, account, {
      ...ids,
      parentId: null,
      text: "",
      fileIds: [picture.id, pdf.id],
    });
    expect(started.chat.title).toBe("red.png");
    const bytes = (await readFile(environment, account.id, picture.id))?.bytes ?? new Uint8Array();
    const content = [
      { type: "input_image", image_url: `data:image/png;base64,${Buffer.from(bytes).toString("base64")}` },
      { type: "input_text", text: '<file name="b.pdf" pages="1">\n[Page 1]\nHello\n</file>' },
    ];
    const first = await gateway.nextCall();
    expect(first.body.input.at(-1)).toMatchObject({ role: "user", content });
    first.say("Red.");
    first.finish();
    await watchAll(db, account.id, started.generationId);

    const again = { chatId, messageId: assistantMessageId, assistantMessageId: clientId("msg") };
    const { generationId } = await regenerateMessage(chat, account, again);
    const second = await gateway.nextCall();
    expect(second.body.input.at(-1)).toMatchObject({ role: "user", content });
    second.finish();
    await watchAll(db, account.id, generationId);

    const stored = await getChat(db, account.id, chatId);
    expect(stored?.messages[0]?.parts).toMatchObject([
      { type: "file", mediaType: "image/png", filename: "red.png", url: `/api/attachments/${picture.id}` },
      { type: "file", mediaType: "application/pdf", filename: "b.pdf", url: `/api/attachments/${pdf.id}` },
    ]);
  });
});
