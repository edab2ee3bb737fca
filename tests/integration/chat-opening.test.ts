import { afterAll, describe, expect, test } from "vitest";
import { defaultChatOptions } from "#lib/chat/default-options.ts";
import { getChat } from "#lib/chat/store/chats.ts";
import { appendEvents, endGeneration, readLog } from "#lib/chat/store/generations.ts";
import { getNewestMessages } from "#lib/chat/store/newest-messages.ts";
import { startRegeneration, startTurn } from "#lib/chat/store/turns.ts";
import { clientId } from "#tests/support/chat.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";

const processId = "proc_chat_opening_test";

describe.each(databases)("opening a chat on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  async function end(generationId: string) {
    const result = { status: "completed", finishReason: "stop" } as const;
    await endGeneration(
      db,
      generationId,
      { processId },
      {
        status: "completed",
        chunks: [],
        parts: [{ type: "text", text: "Hi" }],
        metadata: result,
        requestIds: [],
      },
    );
  }

  /** Questions and answers on one branch; gives the ids in their order. */
  async function addTurns(accountId: string, chatId: string, count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let turn = 0; turn < count; turn += 1) {
      const [userMessageId, assistantMessageId] = [clientId("msg"), clientId("msg")];
      const { generationId } = await startTurn(db, accountId, {
        chatId,
        parentId: ids.at(-1) ?? null,
        userMessageId,
        assistantMessageId,
        parts: [{ type: "text", text: `Question ${turn}` }],
        title: "Questions",
        options: defaultChatOptions,
        processId,
        now: new Date(Date.UTC(2026, 0, 1) + turn * 1_000),
      });
      await end(generationId);
      ids.push(userMessageId, assistantMessageId);
    }
    return ids;
  }

  test("a page gets the end of the shown branch with the other versions there, the oldest at the root", async () => {
    const account = await createTestAccount(db);
    const chatId = clientId("chat");
    const ids = await addTurns(account.id, chatId, 4);
    const other = clientId("msg");
    const { generationId } = await startRegeneration(db, account.id, {
      chatId,
      messageId: ids[7] ?? "",
      assistantMessageId: other,
      processId,
      now: new Date(Date.UTC(2026, 0, 2)),
    });
    const opened = await getNewestMessages(db, account.id, chatId, 3);
    const whole = await getChat(db, account.id, chatId);
    expect(opened).toMatchObject({
      title: "Questions",
      partial: true,
      activeLeafId: other,
      running: { generationId, messageId: other },
    });
    expect(opened?.messages.map(({ id, parentId }) => [id, parentId])).toEqual([
      [ids[5], null],
      [ids[6], ids[5]],
      [ids[7], ids[6]],
      [other, ids[6]],
    ]);
    expect(opened?.messages.slice(1)).toEqual(whole?.messages.slice(-3));
  });

  test("a short chat comes whole, and nobody else's comes at all", async () => {
    const account = await createTestAccount(db);
    const stranger = await createTestAccount(db);
    const chatId = clientId("chat");
    await addTurns(account.id, chatId, 2);
    const opened = await getNewestMessages(db, account.id, chatId, 30);
    const { partial, ...chat } = opened ?? { partial: null };
    expect(partial).toBe(false);
    expect(chat).toEqual(await getChat(db, account.id, chatId));
    expect(await getNewestMessages(db, stranger.id, chatId, 30)).toBeNull();
    expect(await getNewestMessages(db, account.id, clientId("chat"), 30)).toBeNull();
  });

  test("a log is read with the state of the same moment, from a position, so many events at a time", async () => {
    const account = await createTestAccount(db);
    const stranger = await createTestAccount(db);
    const { generationId } = await startTurn(db, account.id, {
      chatId: clientId("chat"),
      parentId: null,
      userMessageId: clientId("msg"),
      assistantMessageId: clientId("msg"),
      parts: [{ type: "text", text: "Hello" }],
      title: "Hello",
      options: defaultChatOptions,
      processId,
      now: new Date(),
    });
    expect(await readLog(db, account.id, generationId, 0, 10)).toMatchObject({
      state: { id: generationId, status: "running", lastSeq: 0 },
      events: [],
    });
    const chunks = [
      { type: "start-step" },
      { type: "text-start", id: "0" },
      { type: "text-end", id: "0" },
    ] as const;
    await appendEvents(db, generationId, { processId }, [...chunks], []);
    const log = await readLog(db, account.id, generationId, 1, 1);
    expect(log?.state.lastSeq).toBe(3);
    expect(log?.events).toEqual([{ seq: 2, chunk: chunks[1] }]);
    expect(await readLog(db, stranger.id, generationId, 0, 10)).toBeNull();
  });
});
