import { afterAll, describe, expect, test } from "vitest";
import { defaultChatOptions } from "#lib/chat/default-options.ts";
import { searchChats } from "#lib/chat/search/search.ts";
import { deleteChat, restoreChat, updateChat } from "#lib/chat/store/chats.ts";
import { endGeneration, materialize } from "#lib/chat/store/generations.ts";
import { purgeDeletedChats } from "#lib/chat/store/purge-chats.ts";
import { startTurn } from "#lib/chat/store/turns.ts";
import { clientId } from "#tests/support/chat.ts";
import { createTestAccount, databases, openTestDb } from "#tests/support/databases.ts";

const processId = "proc_chat_search_test";

describe.each(databases)("search on $name", ({ url }) => {
  const db = openTestDb(url);
  afterAll(() => db.$disconnect());

  interface Talk {
    title?: string;
    said: string;
    answer?: string;
    temporary?: boolean;
    now?: Date;
  }

  /** A chat of one turn; without an answer it is still being written. */
  async function talk(
    accountId: string,
    { title = "Untitled", said, answer, temporary, now = new Date() }: Talk,
  ) {
    const ids = {
      chatId: clientId("chat"),
      userMessageId: clientId("msg"),
      assistantMessageId: clientId("msg"),
    };
    const { generationId } = await startTurn(db, accountId, {
      ...ids,
      parentId: null,
      parts: [{ type: "text", text: said }],
      title,
      options: defaultChatOptions,
      temporary,
      processId,
      now,
    });
    const parts = (text: string) => [
      { type: "reasoning" as const, text: "a secret thought" },
      { type: "text" as const, text },
    ];
    if (answer !== undefined) {
      const writer = { processId };
      await materialize(db, generationId, writer, {
        seq: 0,
        parts: parts("half of it"),
        metadata: { status: "running" },
      });
      await endGeneration(db, generationId, writer, {
        status: "completed",
        chunks: [],
        parts: parts(answer),
        metadata: { status: "completed" },
        requestIds: [],
      });
    }
    return ids;
  }

  async function found(accountId: string, query: string): Promise<string[]> {
    const { hits } = await searchChats(db, accountId, query);
    return hits.map((hit) => hit.messageId ?? hit.chatId);
  }

  test("messages of both sides are found by words, parts of words, identifiers and phrases, thoughts are not", async () => {
    const { id } = await createTestAccount(db);
    const chat = await talk(id, {
      said: "Why does getUserById(42) throw a NullPointerException at 100%?",
      answer: "Because the köln_index is empty; see src/users/store.ts, C++ and Привет мир 👋🏽.",
    });
    const { userMessageId, assistantMessageId } = chat;
    for (const query of [
      "getuserbyid",
      "UserById(",
      "PointerEx",
      "100%",
      "throw null",
      '"throw a Null"',
      "we why",
    ])
      expect(await found(id, query), query).toEqual(query === "we why" ? [] : [userMessageId]);
    for (const query of [
      "köln",
      "ln_ind",
      "store.ts",
      "users/st",
      "c++",
      "рив",
      "мир",
      "👋",
      "KÖLN",
      "ПРИВЕТ",
      "in",
    ])
      expect(await found(id, query), query).toEqual([assistantMessageId]);
    for (const query of ["secret", "half", "1__%", "\\", "=>", "zz", "köln why"])
      expect(await found(id, query), query).toEqual([]);
  });

  test("Chinese, Japanese and Korean are found by any one or more characters", async () => {
    const { id } = await createTestAccount(db);
    const { userMessageId, assistantMessageId } = await talk(id, {
      said: "明天北京的天气预报怎么样？用API查一下",
      answer: "東京タワーは赤い。서울의 날씨는 맑습니다",
    });
    for (const query of ["天", "天气", "北京的天气预报", "用API", "查一下", "北京 天气"])
      expect(await found(id, query), query).toEqual([userMessageId]);
    for (const query of ["タワー", "京タ", "赤", "날씨", "서울의 날"])
      expect(await found(id, query), query).toEqual([assistantMessageId]);
    expect(await found(id, "气天")).toEqual([]);
  });

  test("runs longer than a line of letters are found across every cut", async () => {
    const { id } = await createTestAccount(db);
    const long = Array.from({ length: 90 }, (_, number) => String.fromCodePoint(0x4e00 + number * 7)).join(
      "",
    );
    const hex = Array.from({ length: 40 }, (_, number) => (number * 7919).toString(36)).join("");
    const { userMessageId } = await talk(id, { said: `${long} ${hex}` });
    for (let at = 50; at < 70; at += 1) {
      expect(await found(id, long.slice(at, at + 2)), String(at)).toEqual([userMessageId]);
      expect(await found(id, hex.slice(at, at + 3)), String(at)).toEqual([userMessageId]);
    }
  });

  test("titles come first, then messages from the newest; renaming counts at once", async () => {
    const { id } = await createTestAccount(db);
    const old = await talk(id, { said: "about zebras", now: new Date("2021-03-01T00:00:00Z") });
    const recent = await talk(id, { said: "more zebras", now: new Date("2026-03-01T00:00:00Z") });
    const named = await talk(id, { title: "Zebra crossing", said: "hello" });
    expect(await found(id, "zebra")).toEqual([named.chatId, recent.userMessageId, old.userMessageId]);
    await updateChat(db, id, named.chatId, { title: "Horses" });
    expect(await found(id, "zebra")).toEqual([recent.userMessageId, old.userMessageId]);
    expect(await found(id, "horse")).toEqual([named.chatId]);
  });

  test("finds of another account, of temporary and of deleted chats are nobody's; archived ones are marked", async () => {
    const owner = await createTestAccount(db);
    const other = await createTestAccount(db);
    const chat = await talk(owner.id, { title: "Quokka", said: "quokka", answer: "quokkas" });
    await talk(owner.id, { title: "Quokka", said: "quokka", temporary: true });
    const all = [chat.chatId, chat.assistantMessageId, chat.userMessageId];
    expect(await found(owner.id, "quokka")).toEqual(all);
    expect(await found(other.id, "quokka")).toEqual([]);
    await updateChat(db, owner.id, chat.chatId, { archived: true });
    const archived = await searchChats(db, owner.id, "quokka");
    expect(archived.hits.map((hit) => hit.archived)).toEqual([true, true, true]);
    await deleteChat(db, owner.id, chat.chatId, new Date("2020-01-01T00:00:00Z"));
    expect(await found(owner.id, "quokka")).toEqual([]);
    await restoreChat(db, owner.id, chat.chatId);
    expect(await found(owner.id, "quokka")).toEqual(all);
    await deleteChat(db, owner.id, chat.chatId, new Date("2020-01-01T00:00:00Z"));
    await purgeDeletedChats(db, new Date("2020-01-02T00:00:00Z"), 1_000);
    expect(await db.messageText.count({ where: { accountId: owner.id } })).toBe(0);
  });

  test("messages stored in bulk are found, and pages give each find once", async () => {
    const { id } = await createTestAccount(db);
    const chatId = clientId("chat");
    await db.chat.create({ data: { id: chatId, accountId: id, title: "Imported" } });
    const start = Date.parse("2024-01-01T00:00:00Z");
    const ids = Array.from({ length: 45 }, () => clientId("msg"));
    await db.message.createMany({
      data: ids.map((messageId, number) => ({
        id: messageId,
        chatId,
        role: "user" as const,
        parts: [{ type: "text", text: `wombat number ${number}` }],
        // Three at a time, over months.
        createdAt: new Date(start + Math.floor(number / 3) * 12 * 86_400_000),
      })),
    });
    const seen: (string | null)[] = [];
    let page = await searchChats(db, id, "wombat");
    for (;;) {
      seen.push(...page.hits.map((hit) => hit.messageId));
      if (!page.next) break;
      page = await searchChats(db, id, "wombat", page.next);
    }
    expect(seen).toHaveLength(45);
    expect(new Set(seen)).toEqual(new Set(ids));
  });

  test("a find has its words marked, whatever HTML is around them", async () => {
    const { id } = await createTestAccount(db);
    await talk(id, { said: "<b>Narwhal</b> & co" });
    const { hits } = await searchChats(db, id, "narwhal");
    expect(hits[0]?.snippet).toEqual([
      { text: "<b>", hit: false },
      { text: "Narwhal", hit: true },
      { text: "</b> & co", hit: false },
    ]);
  });
});
