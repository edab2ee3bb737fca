import { expect, test, vi } from "vitest";
import { defaultChatOptions } from "#lib/chat/default-options.ts";
import { type ChatApi, ChatProblem, chatApi } from "./chat-api.ts";
import { type ChatMessage, textOf } from "./chat-message.ts";
import type { ChatDetail } from "./chat-schemas.ts";
import { type InitialChat, withEnd } from "./chat-state.ts";
import { ChatStore } from "./chat-store.ts";
import type { ChatStoreTools } from "./chat-store-tools.ts";

const chatId = "chat_1";
const shortPause = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

function message(id: string, parentId: string | null, more: Partial<ChatMessage> = {}): ChatMessage {
  return {
    id,
    parentId,
    role: id.startsWith("u") ? "user" : "assistant",
    parts: [{ type: "text", text: `text of ${id}`, state: "done" }],
    metadata: id.startsWith("u") ? {} : { status: "completed" },
    createdAt: new Date(0),
    ...more,
  };
}

function detail(messages: ChatMessage[], running: ChatDetail["running"] = null): ChatDetail {
  return {
    chat: { id: chatId, title: "A chat", options: defaultChatOptions },
    messages,
    activeLeafId: messages.at(-1)?.id ?? null,
    running,
  };
}

const chunk = (seq: number, value: object) => `id: ${seq}\ndata: ${JSON.stringify(value)}\n\n`;
const end = 'event: end\ndata: {"status":"completed","messageId":"a1"}\n\n';

function makeStore(
  api: Partial<ChatApi>,
  log: string,
  initial: InitialChat,
  tools: Partial<ChatStoreTools> = {},
) {
  const asked: string[] = [];
  const store = new ChatStore(chatId, initial, {
    api: { ...chatApi, getEnd: api.get ?? chatApi.getEnd, ...api },
    readEnd: async () => Promise.reject(new Error("The end is not read ahead here.")),
    untilDrawn: async () => undefined,
    ...tools,
    pause: shortPause,
    fetch: async (url) => {
      asked.push(url);
      return new Response(log);
    },
    onChange: () => undefined,
    onNotice: () => undefined,
  });
  return { store, asked };
}

test("a reply begun elsewhere is taken up where its stored parts end, with nothing doubled", async () => {
  const stored = message("a1", "u1", {
    parts: [{ type: "text", text: "One, ", state: "streaming" }],
    metadata: { status: "running", materializedSeq: 2 },
  });
  const done = message("a1", "u1", { parts: [{ type: "text", text: "One, two", state: "done" }] });
  const answers = [detail([message("u1", null), done])];
  const { store, asked } = makeStore(
    { get: async () => answers[0] ?? detail([]) },
    chunk(3, { type: "text-delta", id: "0", delta: "two" }) + chunk(4, { type: "text-end", id: "0" }) + end,
    detail([message("u1", null), stored], { generationId: "gen_1", messageId: "a1" }),
  );
  const shown: string[] = [];
  const note = () => {
    const reply = store.live.get() ?? store.get().messages.at(-1);
    if (reply) shown.push(textOf(reply));
  };
  store.subscribe(note);
  store.live.subscribe(note);
  answers[0] = detail([message("u1", null), stored], { generationId: "gen_1", messageId: "a1" });
  store.open();
  await vi.waitFor(() => expect(shown).toContain("One, two"));
  answers[0] = detail([message("u1", null), done]);
  await vi.waitFor(() => expect(store.get().running).toBeNull());
  expect(asked[0]).toBe("/api/generations/gen_1/events?after=2");
  expect(new Set(shown)).toEqual(new Set(["One, ", "One, two"]));
  store.close();
});

test("a refused message stays in the thread and is sent again with the same ids", async () => {
  const sent: object[] = [];
  const { store } = makeStore(
    {
      send: async (_chat, newMessage) => {
        sent.push(newMessage);
        throw new ChatProblem("not_signed_in", "You are signed out.", { status: 401 });
      },
    },
    end,
    "new",
  );
  store.open();
  expect(await store.send({ text: "Hello", files: [] })).toBe(false);
  expect(store.get()).toMatchObject({ running: null, failedStart: { problem: { code: "not_signed_in" } } });
  expect(store.get().messages.map(textOf)).toEqual(["Hello"]);
  store.retryStart();
  await vi.waitFor(() => expect(store.get().failedStart).not.toBeNull());
  expect(sent).toHaveLength(2);
  expect(sent[0]).toEqual(sent[1]);
  const dropped = store.dropFailedStart();
  expect(dropped && textOf(dropped)).toBe("Hello");
  expect(store.get()).toMatchObject({ phase: "new", messages: [], leafId: null });
});

test("a stop pressed before the server confirmed reaches the generation once it is known", async () => {
  const stopped: string[] = [];
  const confirm = Promise.withResolvers<{ generationId: string }>();
  const { store } = makeStore(
    {
      send: () => confirm.promise,
      stop: async (id) => void stopped.push(id),
      get: async () => detail([]),
    },
    end,
    "new",
  );
  store.open();
  const sending = store.send({ text: "Hello", files: [] });
  await store.stop();
  expect(stopped).toEqual([]);
  confirm.resolve({ generationId: "gen_7" });
  expect(await sending).toBe(true);
  expect(stopped).toEqual(["gen_7"]);
  store.close();
});

test("switching versions shows the newest of what follows and tells the server", async () => {
  const changes: object[] = [];
  const tree = [message("u1", null), message("a1", "u1"), message("u2", "a1"), message("a2", "u1")];
  const { store } = makeStore(
    {
      get: async () => detail(tree),
      change: async (_id, change) => void changes.push(change),
    },
    end,
    detail(tree),
  );
  expect(store.get().leafId).toBe("a2");
  await store.switchTo("a1");
  expect(store.get().leafId).toBe("u2");
  expect(changes).toEqual([{ activeLeafId: "u2" }]);
});

test("a message that did not change keeps its identity when the chat is read again", async () => {
  const { store } = makeStore(
    { get: async () => detail([message("u1", null), message("a1", "u1")]) },
    end,
    detail([message("u1", null), message("a1", "u1")]),
  );
  const before = store.get().messages;
  await store.refresh();
  expect(store.get().messages[0]).toBe(before[0]);
  expect(store.get().messages[1]).toBe(before[1]);
});

test("what is written changes the live reply alone; the state has all of it once the log has ended", async () => {
  const running = { generationId: "gen_1", messageId: "a1" };
  const stored = message("a1", "u1", { parts: [], metadata: { status: "running", materializedSeq: 0 } });
  const done = message("a1", "u1", { parts: [{ type: "text", text: "One", state: "done" }] });
  let answer = detail([message("u1", null), stored], running);
  const { store } = makeStore(
    { get: async () => answer },
    chunk(1, { type: "text-start", id: "0" }) +
      chunk(2, { type: "text-delta", id: "0", delta: "One" }) +
      chunk(3, { type: "text-end", id: "0" }) +
      end,
    answer,
  );
  const before = store.get().messages[1];
  const written = new Map<string, boolean>();
  store.live.subscribe(() => {
    const live = store.live.get();
    if (live) written.set(textOf(live), store.get().messages[1] === before);
  });
  store.open();
  await vi.waitFor(() => expect(written.get("One")).toBe(true));
  answer = detail([message("u1", null), done]);
  await vi.waitFor(() => expect(store.get().running).toBeNull());
  expect(store.live.get()).toBeNull();
  expect(store.get().messages.map(textOf)).toEqual(["text of u1", "One"]);
  store.close();
});

test("a message waits for options chosen just before it, and those of a new chat go with its first", async () => {
  const order: string[] = [];
  const saved = Promise.withResolvers<void>();
  const api: Partial<ChatApi> = {
    get: async () => detail([]),
    change: async (_id, { options }) => {
      order.push(`options ${options?.systemPrompt}`);
      await saved.promise;
    },
    send: async (_id, { text, options }) => {
      order.push(`${text} ${options?.systemPrompt ?? "as it is"}`);
      return { generationId: "gen_1" };
    },
  };
  const { store } = makeStore(api, end, "new");
  store.open();
  store.setOptions({ ...defaultChatOptions, systemPrompt: "first" });
  expect(await store.send({ text: "One", files: [] })).toBe(true);
  store.close();
  store.setOptions({ ...defaultChatOptions, systemPrompt: "second" });
  const sending = store.send({ text: "Two", files: [] });
  await vi.waitFor(() => expect(order).toEqual(["One first", "options second"]));
  saved.resolve();
  await sending;
  expect(order).toEqual(["One first", "options second", "Two as it is"]);
});

test("a chat that is opened shows its end first, and all of it once that is read", async () => {
  const [first, second, third] = [message("u1", null), message("a1", "u1"), message("u2", "a1")];
  const whole = Promise.withResolvers<ChatDetail>();
  const { store } = makeStore({ get: () => whole.promise }, "", "unknown", {
    readEnd: async () => ({ ...detail([{ ...third, parentId: null }]), partial: true }),
  });
  store.open();
  await vi.waitFor(() => expect(store.get()).toMatchObject({ phase: "ready", partial: true, leafId: "u2" }));
  whole.resolve(detail([first, second, third]));
  await vi.waitFor(() => expect(store.get().partial).toBe(false));
  expect(store.get().messages).toHaveLength(3);
  store.close();
});

test("an end that comes after all of the chat is not taken for it", async () => {
  const end = Promise.withResolvers<ChatDetail>();
  const all = detail([message("u1", null), message("a1", "u1")]);
  const { store } = makeStore({ get: async () => all }, "", "unknown", { readEnd: () => end.promise });
  store.open();
  await store.refresh();
  end.resolve({ ...detail([message("a1", null)]), partial: true });
  await shortPause();
  expect(store.get()).toMatchObject({ partial: false });
  expect(store.get().messages).toHaveLength(2);
  store.close();
});

test("an end joins on to what is known, and one that does not is none", () => {
  const known = [message("u1", null), message("a1", "u1"), message("u2", "a1")];
  const end = (messages: ChatMessage[]) => ({ ...detail(messages), partial: true });
  const joined = withEnd(known, end([message("a1", null), message("u2", "a1"), message("a2", "u2")]));
  expect(joined?.partial).toBe(false);
  expect(joined?.messages.map(({ id, parentId }) => [id, parentId])).toEqual([
    ["u1", null],
    ["a1", "u1"],
    ["u2", "a1"],
    ["a2", "u2"],
  ]);
  expect(withEnd(known, end([message("a9", null), message("u10", "a9")]))).toBeNull();
  expect(withEnd(known, detail([message("u1", null)]))?.messages).toHaveLength(1);
});
