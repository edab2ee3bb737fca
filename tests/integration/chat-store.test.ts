import { afterAll, describe, expect, test } from "vitest";
import { defaultChatOptions } from "#lib/chat/default-options.ts";
import { addLateReceipts, reapAbandoned } from "#lib/chat/generations/reaper.ts";
import type { RefusalReason } from "#lib/chat/refusal.ts";
import { purgeLogs } from "#lib/chat/store/abandoned.ts";
import {
  deleteChat,
  getChat,
  improveTitle,
  listChats,
  restoreChat,
  updateChat,
} from "#lib/chat/store/chats.ts";
import { startContinuation } from "#lib/chat/store/continuations.ts";
import { editReply } from "#lib/chat/store/edits.ts";
import {
  appendEvents,
  endGeneration,
  getGeneration,
  listEvents,
  materialize,
  requestStop,
} from "#lib/chat/store/generations.ts";
import { purgeDeletedChats } from "#lib/chat/store/purge-chats.ts";
import { type NewTurn, startRegeneration, startTurn } from "#lib/chat/store/turns.ts";
import { clientId, readMessage, testEnvironment } from "#tests/support/chat.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";

const processId = "proc_chat_store_test";
const dayMs = 24 * 60 * 60_000;

function newTurn(given: Partial<NewTurn> = {}): NewTurn {
  return {
    chatId: clientId("chat"),
    parentId: null,
    userMessageId: clientId("msg"),
    assistantMessageId: clientId("msg"),
    parts: [{ type: "text", text: "Hello" }],
    title: "Hello",
    options: defaultChatOptions,
    processId,
    now: new Date(),
    ...given,
  };
}

const refused = (reason: RefusalReason) => expect.objectContaining({ name: "ChatRefusal", reason });

describe.each(databases)("chats on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  async function end(generationId: string) {
    await endGeneration(
      db,
      generationId,
      { processId },
      {
        status: "completed",
        chunks: [],
        parts: [{ type: "text", text: "Hi" }],
        metadata: { status: "completed", finishReason: "stop" },
        requestIds: [],
      },
    );
  }

  test("a send makes the chat, both messages and a running generation, in one reading order", async () => {
    const account = await createTestAccount(db);
    const turn = newTurn({ now: new Date("2026-11-22T10:00:00.123Z") });
    const started = await startTurn(db, account.id, turn);
    expect(started).toMatchObject({
      chat: { id: turn.chatId, title: "Hello" },
      isNewChat: true,
      repeated: false,
    });
    const chat = await getChat(db, account.id, turn.chatId);
    expect(chat?.messages.map(({ id, role, parentId }) => ({ id, role, parentId }))).toEqual([
      { id: turn.userMessageId, role: "user", parentId: null },
      { id: turn.assistantMessageId, role: "assistant", parentId: turn.userMessageId },
    ]);
    expect(chat?.messages[0]?.createdAt).toEqual(turn.now);
    expect(chat).toMatchObject({
      activeLeafId: turn.assistantMessageId,
      running: { generationId: started.generationId, messageId: turn.assistantMessageId },
    });
    expect(chat?.messages[1]?.metadata).toMatchObject({ status: "running", materializedSeq: 0 });
  });

  test("the same send again gives the same answer and makes nothing", async () => {
    const account = await createTestAccount(db);
    const turn = newTurn();
    const answers = await Promise.all([1, 2, 3, 4].map(() => startTurn(db, account.id, turn)));
    expect(new Set(answers.map(({ generationId }) => generationId)).size).toBe(1);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect((await getChat(db, account.id, turn.chatId))?.messages).toHaveLength(2);
    await expect(startTurn(db, account.id, { ...turn, assistantMessageId: clientId("msg") })).rejects.toEqual(
      refused("id_taken"),
    );
  });

  test("messages of another chat make no new chat, also when both are sent at once", async () => {
    const account = await createTestAccount(db);
    const turn = newTurn();
    const chatIds = [clientId("chat"), clientId("chat"), clientId("chat")];
    const sends = chatIds.map((chatId) => startTurn(db, account.id, { ...turn, chatId }));
    const results = await Promise.allSettled(sends);
    const refusals = results.filter(({ status }) => status === "rejected");
    expect(refusals).toMatchObject([{ reason: refused("id_taken") }, { reason: refused("id_taken") }]);
    await expect(startTurn(db, account.id, { ...turn, chatId: clientId("chat") })).rejects.toEqual(
      refused("id_taken"),
    );
    expect(await db.chat.count({ where: { accountId: account.id } })).toBe(1);
  });

  test("of parallel sends on one leaf exactly one starts a generation", async () => {
    const account = await createTestAccount(db);
    const chatId = clientId("chat");
    const first = newTurn({ chatId });
    await end((await startTurn(db, account.id, first)).generationId);
    for (const parentId of [null, first.assistantMessageId]) {
      const sends = Array.from({ length: 10 }, () =>
        startTurn(db, account.id, newTurn({ chatId, parentId })).then(
          () => "started",
          (error) => error.reason,
        ),
      );
      const results = await Promise.all(sends);
      expect(results.filter((result) => result === "started")).toHaveLength(1);
      expect(results.filter((result) => result === "generation_running")).toHaveLength(9);
    }
    expect(await db.generation.count({ where: { chatId, status: "running" } })).toBe(2);
  });

  test("a reply being written takes no message, no second version and no continuation", async () => {
    const account = await createTestAccount(db);
    const turn = newTurn();
    const { generationId } = await startTurn(db, account.id, turn);
    const { chatId, assistantMessageId } = turn;
    const now = new Date();
    const follow = newTurn({ chatId, parentId: assistantMessageId });
    const again = {
      chatId,
      messageId: assistantMessageId,
      assistantMessageId: clientId("msg"),
      processId,
      now,
    };
    const more = { chatId, messageId: assistantMessageId, processId, now };
    await expect(startTurn(db, account.id, follow)).rejects.toEqual(refused("generation_running"));
    await expect(startRegeneration(db, account.id, again)).rejects.toEqual(refused("generation_running"));
    await expect(startContinuation(db, account.id, more)).rejects.toEqual(refused("generation_running"));
    await end(generationId);
    await expect(startContinuation(db, account.id, more)).rejects.toEqual(refused("nothing_to_continue"));
    expect((await startTurn(db, account.id, follow)).repeated).toBe(false);
  });

  test("a message follows a reply of its own chat or nothing, and a refused first one leaves no chat", async () => {
    const account = await createTestAccount(db);
    const turn = newTurn();
    await end((await startTurn(db, account.id, turn)).generationId);
    const { chatId } = turn;
    await expect(
      startTurn(db, account.id, newTurn({ chatId, parentId: turn.userMessageId })),
    ).rejects.toEqual(refused("parent_not_an_answer"));
    const elsewhere = newTurn({ parentId: turn.assistantMessageId });
    await expect(startTurn(db, account.id, elsewhere)).rejects.toEqual(refused("not_found"));
    expect(await getChat(db, account.id, elsewhere.chatId)).toBeNull();
  });

  test("another account's chat, message and generation are as absent", async () => {
    const owner = await createTestAccount(db);
    const other = await createTestAccount(db);
    const turn = newTurn();
    const { generationId } = await startTurn(db, owner.id, turn);
    const { chatId, assistantMessageId } = turn;
    const now = new Date();
    expect(await getChat(db, other.id, chatId)).toBeNull();
    expect(await updateChat(db, other.id, chatId, { title: "Mine" })).toBeNull();
    expect(await deleteChat(db, other.id, chatId, now)).toBe(false);
    expect(await restoreChat(db, other.id, chatId)).toBe(false);
    expect(await improveTitle(db, other.id, chatId, "Mine")).toBe(false);
    expect((await listChats(db, other.id, null)).chats).toEqual([]);
    expect(await getGeneration(db, other.id, generationId)).toBeNull();
    expect(await requestStop(db, other.id, generationId)).toBe(false);
    const send = newTurn({ chatId, parentId: assistantMessageId });
    await expect(startTurn(db, other.id, send)).rejects.toEqual(refused("not_found"));
    await expect(startTurn(db, other.id, turn)).rejects.toEqual(refused("not_found"));
    const again = {
      chatId,
      messageId: assistantMessageId,
      assistantMessageId: clientId("msg"),
      processId,
      now,
    };
    await expect(startRegeneration(db, other.id, again)).rejects.toEqual(refused("not_found"));
    const more = { chatId, messageId: assistantMessageId, processId, now };
    await expect(startContinuation(db, other.id, more)).rejects.toEqual(refused("not_found"));
    const chat = await getChat(db, owner.id, chatId);
    expect(chat).toMatchObject({ title: "Hello", running: { generationId } });
    const own = newTurn();
    await startTurn(db, other.id, own);
    expect(await updateChat(db, other.id, own.chatId, { activeLeafId: assistantMessageId })).toBeNull();
  });

  test("the list is newest first, pages without gaps or repeats, and marks what runs", async () => {
    const account = await createTestAccount(db);
    const start = Date.now() - dayMs;
    const ids: string[] = [];
    for (let n = 0; n < 65; n += 1) {
      // Pairs share a time, so that a page may end between two equal ones.
      const turn = newTurn({ now: new Date(start + Math.floor(n / 2) * 1000) });
      const { generationId } = await startTurn(db, account.id, turn);
      if (n !== 64) await end(generationId);
      ids.push(turn.chatId);
    }
    const seen = [];
    let cursor = null;
    do {
      const page = await listChats(db, account.id, cursor);
      expect(page.chats.length).toBeLessThanOrEqual(30);
      seen.push(...page.chats);
      cursor = page.next;
    } while (cursor);
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(ids));
    expect(seen).toHaveLength(65);
    const times = seen.map(({ lastMessageAt }) => lastMessageAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(seen.filter(({ running }) => running).map(({ id }) => id)).toEqual([ids[64]]);
  });

  test("a deleted chat is hidden, stops, comes back whole, and is purged with everything after its time", async () => {
    const account = await createTestAccount(db);
    const turn = newTurn();
    const { generationId } = await startTurn(db, account.id, turn);
    const longAgo = new Date(Date.now() - 31 * dayMs);
    expect(await deleteChat(db, account.id, turn.chatId, longAgo)).toBe(true);
    expect(await deleteChat(db, account.id, turn.chatId, longAgo)).toBe(false);
    expect(await getChat(db, account.id, turn.chatId)).toBeNull();
    expect((await listChats(db, account.id, null)).chats).toEqual([]);
    expect((await appendEvents(db, generationId, { processId }, [], []))?.stopRequested).toBe(true);
    expect(await restoreChat(db, account.id, turn.chatId)).toBe(true);
    expect((await getChat(db, account.id, turn.chatId))?.messages).toHaveLength(2);
    await deleteChat(db, account.id, turn.chatId, longAgo);
    const before = new Date(Date.now() - 30 * dayMs);
    while ((await purgeDeletedChats(db, before, 100)) > 0);
    expect(await restoreChat(db, account.id, turn.chatId)).toBe(false);
    expect(await db.message.count({ where: { chatId: turn.chatId } })).toBe(0);
    expect(await db.generation.count({ where: { chatId: turn.chatId } })).toBe(0);
  });

  test("the model improves a title made from the first message, never one that a person chose", async () => {
    const account = await createTestAccount(db);
    const turn = newTurn();
    await startTurn(db, account.id, turn);
    expect(await improveTitle(db, account.id, turn.chatId, "By the model")).toBe(true);
    expect(await improveTitle(db, account.id, turn.chatId, "Once more")).toBe(false);
    const second = newTurn();
    await startTurn(db, account.id, second);
    expect(await updateChat(db, account.id, second.chatId, { title: "Mine" })).toMatchObject({
      title: "Mine",
    });
    expect(await improveTitle(db, account.id, second.chatId, "By the model")).toBe(false);
    expect((await getChat(db, account.id, second.chatId))?.title).toBe("Mine");
  });

  test("an edited reply stands beside the one that was, with its thoughts, and is shown", async () => {
    const account = await createTestAccount(db);
    const turn = newTurn();
    const { generationId } = await startTurn(db, account.id, turn);
    const edit = {
      chatId: turn.chatId,
      messageId: turn.assistantMessageId,
      assistantMessageId: clientId("msg"),
      texts: ["Hello yourself"],
      now: new Date(turn.now.getTime() + 60_000),
    };
    await expect(editReply(db, account.id, edit)).rejects.toEqual(refused("nothing_to_edit"));
    const thought = { type: "reasoning" as const, text: "A greeting.", state: "done" as const };
    const parts = [thought, { type: "text" as const, text: "Hi" }];
    const usage = { promptTokens: 9, cachedTokens: 0, completionTokens: 2, reasoningTokens: 1 };
    const metadata = { status: "completed" as const, usage, costNanoUsd: "9", contextTokens: 11 };
    const closed = { status: "completed" as const, chunks: [], parts, metadata, requestIds: [] };
    await endGeneration(db, generationId, { processId }, closed);

    await editReply(db, account.id, edit);
    await editReply(db, account.id, edit);
    const chat = await getChat(db, account.id, turn.chatId);
    expect(chat?.activeLeafId).toBe(edit.assistantMessageId);
    expect(chat?.messages.map(({ id }) => id)).toEqual([
      turn.userMessageId,
      turn.assistantMessageId,
      edit.assistantMessageId,
    ]);
    expect(chat?.messages[1]?.parts).toEqual(parts);
    expect(chat?.messages[2]).toMatchObject({
      parentId: turn.userMessageId,
      parts: [thought, { type: "text", text: "Hello yourself", state: "done" }],
      metadata: { status: "completed", edited: true, contextTokens: 11 },
    });
    expect(chat?.messages[2]?.metadata).not.toHaveProperty("usage");

    const again = { ...edit, assistantMessageId: clientId("msg") };
    const stranger = await createTestAccount(db);
    await expect(editReply(db, stranger.id, again)).rejects.toEqual(refused("not_found"));
    const mistaken = { ...edit, assistantMessageId: turn.userMessageId };
    await expect(editReply(db, account.id, mistaken)).rejects.toEqual(refused("id_taken"));
    const ofPerson = { ...again, messageId: turn.userMessageId };
    await expect(editReply(db, account.id, ofPerson)).rejects.toEqual(refused("nothing_to_edit"));
    const tooMany = { ...again, texts: ["One", "Two"] };
    await expect(editReply(db, account.id, tooMany)).rejects.toEqual(refused("nothing_to_edit"));
  });

  test("the branch chosen is the one shown, down to its newest leaf", async () => {
    const account = await createTestAccount(db);
    const first = newTurn();
    await end((await startTurn(db, account.id, first)).generationId);
    const edit = newTurn({ chatId: first.chatId });
    await end((await startTurn(db, account.id, edit)).generationId);
    expect((await getChat(db, account.id, first.chatId))?.activeLeafId).toBe(edit.assistantMessageId);
    await updateChat(db, account.id, first.chatId, { activeLeafId: first.userMessageId });
    expect((await getChat(db, account.id, first.chatId))?.activeLeafId).toBe(first.assistantMessageId);
  });

  test("text that PostgreSQL cannot hold is stored with replacements instead of failing", async () => {
    const account = await createTestAccount(db);
    const turn = newTurn({ parts: [{ type: "text", text: "a\u0000b \ud83d c \\u0000 🙂" }] });
    const { generationId } = await startTurn(db, account.id, turn);
    const message = await readMessage(db, account.id, turn.chatId, turn.userMessageId);
    expect(message.parts).toEqual([{ type: "text", text: "a\ufffdb \ufffd c \\u0000 🙂" }]);
    const chunk = { type: "text-delta", id: "t", delta: "x\u0000y" } as const;
    await appendEvents(db, generationId, { processId }, [chunk], []);
    expect(await listEvents(db, generationId, 0, 10)).toEqual([
      { seq: 1, chunk: { ...chunk, delta: "x\ufffdy" } },
    ]);
  });

  test("only the process that runs a generation writes to it, and nobody after its end", async () => {
    const account = await createTestAccount(db);
    const turn = newTurn();
    const { generationId } = await startTurn(db, account.id, turn);
    const chunk = { type: "start-step" } as const;
    const stranger = { processId: "proc_stranger" };
    expect(await appendEvents(db, generationId, stranger, [chunk], [])).toBeNull();
    const state = { seq: 1, parts: [], metadata: {} };
    expect(await materialize(db, generationId, stranger, state)).toBe(false);
    expect(await appendEvents(db, generationId, { processId }, [chunk, chunk], [])).toMatchObject({
      lastSeq: 2,
    });
    expect(await materialize(db, generationId, { processId }, state)).toBe(true);
    const message = await readMessage(db, account.id, turn.chatId, turn.assistantMessageId);
    expect(message.metadata.materializedSeq).toBe(1);
    await end(generationId);
    expect(await appendEvents(db, generationId, { processId }, [chunk], [])).toBeNull();
    expect(await materialize(db, generationId, { processId }, state)).toBe(false);
    expect((await listEvents(db, generationId, 0, 10)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test("a living generation is not reaped, and a receipt that comes late is added once it is settled", async () => {
    const account = await createTestAccount(db);
    const environment = testEnvironment(db, "http://127.0.0.1:9");
    const turn = newTurn();
    const { generationId } = await startTurn(db, account.id, turn);
    const requestId = `req_${generationId}`;
    await appendEvents(db, generationId, { processId }, [], [requestId]);
    await reapAbandoned(environment, { soleProcessId: null });
    expect((await getGeneration(db, account.id, generationId))?.status).toBe("running");

    const request = {
      id: requestId,
      accountId: account.id,
      source: "chat",
      model: "m",
      endpoint: "responses",
    } as const;
    const prices = { inputPrice: 950, cachedInputPrice: 95, outputPrice: 4000 };
    await db.request.create({ data: { ...request, ...prices, stream: true, processId: "proc_gone" } });
    await db.generation.update({
      where: { id: generationId },
      data: { heartbeatAt: new Date(Date.now() - 60_000) },
    });
    await reapAbandoned(environment, { soleProcessId: null });
    const reply = () => readMessage(db, account.id, turn.chatId, turn.assistantMessageId);
    expect((await reply()).metadata).toMatchObject({ status: "interrupted", requestIds: [requestId] });
    await addLateReceipts(environment);
    expect((await reply()).metadata.usage).toBeUndefined();
    await db.request.update({
      where: { id: requestId },
      data: { status: "interrupted", promptTokens: 3, costNanoUsd: 2850n, estimated: true },
    });
    await addLateReceipts(environment);
    expect((await reply()).metadata).toMatchObject({ costNanoUsd: "2850", estimated: true });
  });

  test("logs of generations that ended long ago are deleted, those of others kept", async () => {
    const account = await createTestAccount(db);
    const chunk = { type: "start-step" } as const;
    const [old, recent, running] = await Promise.all(
      [1, 2, 3].map(async () => {
        const { generationId } = await startTurn(db, account.id, newTurn());
        await appendEvents(db, generationId, { processId }, [chunk], []);
        return generationId;
      }),
    );
    if (!old || !recent || !running) throw new Error("Three generations were started.");
    await end(old);
    await end(recent);
    const longAgo = new Date(Date.now() - dayMs);
    await db.generation.update({ where: { id: old }, data: { endedAt: longAgo } });
    await purgeLogs(db, new Date(Date.now() - dayMs / 2));
    expect(await listEvents(db, old, 0, 10)).toHaveLength(0);
    expect(await listEvents(db, recent, 0, 10)).toHaveLength(1);
    expect(await listEvents(db, running, 0, 10)).toHaveLength(1);
  });
});
