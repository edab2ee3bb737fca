import { expect, test } from "vitest";
import { toModelMessages } from "../../history.ts";
import type { StoredMessage } from "../../message.ts";
import { pathTo } from "../../tree.ts";
import { chatFromChatGpt } from "./to-chat.ts";

const now = new Date("2026-11-26T12:00:00Z");

interface Given {
  id: string;
  parent?: string;
  role?: string;
  content?: object;
  at?: number;
  recipient?: string;
  metadata?: object;
  empty?: boolean;
}

function text(...parts: unknown[]) {
  return { content_type: "text", parts };
}

/** A conversation as ChatGPT exports it, out of its nodes. */
function conversation(nodes: Given[], fields: object = {}) {
  const mapping = Object.fromEntries(
    nodes.map((node) => [
      node.id,
      {
        id: node.id,
        parent: node.parent ?? null,
        children: nodes.filter(({ parent }) => parent === node.id).map(({ id }) => id),
        message: node.empty
          ? null
          : {
              id: node.id,
              author: { role: node.role ?? "assistant", name: null, metadata: {} },
              create_time: node.at ?? null,
              content: node.content ?? text("…"),
              recipient: node.recipient ?? "all",
              status: "finished_successfully",
              metadata: node.metadata ?? {},
            },
      },
    ]),
  );
  return {
    title: "A talk",
    create_time: 1_700_000_000.5,
    update_time: 1_700_000_900,
    id: "conv-1",
    conversation_id: "conv-1",
    mapping,
    ...fields,
  };
}

const root: Given = { id: "root", empty: true };
const system: Given = { id: "sys", parent: "root", role: "system", content: text("") };
const ask: Given = { id: "u1", parent: "sys", role: "user", content: text("Why?"), at: 1_700_000_001 };

function shape(messages: readonly StoredMessage[]) {
  return messages.map(({ id, parentId, role }) => [role, id, parentId]);
}

test("thinking, calls, results and text between two messages of the person are one reply, in order", () => {
  const chat = chatFromChatGpt(
    conversation(
      [
        root,
        system,
        ask,
        {
          id: "t",
          parent: "u1",
          at: 1_700_000_002,
          content: { content_type: "thoughts", thoughts: [{ summary: "Plan", content: "First…" }] },
        },
        {
          id: "r",
          parent: "t",
          at: 1_700_000_014,
          content: { content_type: "reasoning_recap", content: "Thought for 12s" },
          metadata: { finished_duration_sec: 12 },
        },
        {
          id: "c",
          parent: "r",
          recipient: "python",
          content: { content_type: "code", language: "unknown", text: "print('```')" },
        },
        { id: "o", parent: "c", role: "tool", content: { content_type: "execution_output", text: "42" } },
        { id: "a", parent: "o", content: text("Because \uE200cite\uE202turn0\uE201."), at: 1_700_000_020 },
        { id: "u2", parent: "a", role: "user", content: text("And now?"), at: 1_700_000_030 },
        { id: "a2", parent: "u2", content: text("Now."), at: 1_700_000_031 },
      ],
      { current_node: "a2" },
    ),
    now,
  );
  expect(chat).toMatchObject({
    sourceId: "chatgpt:conv-1",
    title: "A talk",
    createdAt: new Date(1_700_000_000_500),
    lastMessageAt: new Date(1_700_000_900_000),
    activeLeafId: "a2",
  });
  expect(shape(chat.messages)).toEqual([
    ["user", "u1", null],
    ["assistant", "a", "u1"],
    ["user", "u2", "a"],
    ["assistant", "a2", "u2"],
  ]);
  const reply = chat.messages[1];
  expect(reply?.createdAt).toEqual(new Date(1_700_000_020_000));
  expect(reply?.parts).toEqual([
    {
      type: "reasoning",
      text: "**Plan**\n\nFirst…",
      state: "done",
      providerMetadata: { aigateway: { startedAt: 1_700_000_002_000, endedAt: 1_700_000_014_000 } },
    },
    { type: "text", text: "````python\nprint('```')\n````" },
    { type: "text", text: "```text\n42\n```" },
    { type: "text", text: "Because ." },
  ]);
});

test("branches stay: edits are siblings, answers that fork within a reply share what came before", () => {
  const chat = chatFromChatGpt(
    conversation([
      root,
      system,
      ask,
      { id: "search", parent: "u1", recipient: "browser", content: text("search()") },
      { id: "x", parent: "search", content: text("One") },
      { id: "y", parent: "search", content: text("Two") },
      { id: "u1b", parent: "sys", role: "user", content: text("Why not?") },
      { id: "z", parent: "u1b", content: text("Three") },
    ]),
    now,
  );
  expect(shape(chat.messages).toSorted()).toEqual(
    [
      ["user", "u1", null],
      ["assistant", "x", "u1"],
      ["assistant", "y", "u1"],
      ["user", "u1b", null],
      ["assistant", "z", "u1b"],
    ].toSorted(),
  );
  const partsOf = (id: string) => chat.messages.find((message) => message.id === id)?.parts;
  expect(partsOf("x")).toEqual([
    { type: "text", text: "```\nsearch()\n```" },
    { type: "text", text: "One" },
  ]);
  expect(partsOf("y")?.[0]).toEqual(partsOf("x")?.[0]);
});

test("a chat that ends with the person, or has two of their messages in a row, can be gone on with", async () => {
  const { messages } = chatFromChatGpt(
    conversation([
      root,
      ask,
      { id: "u2", parent: "u1", role: "user", content: text("Are you there?") },
      { id: "u3", parent: "u2", role: "user", content: text("Well?") },
    ]),
    now,
  );
  expect(messages.map(({ role }) => role)).toEqual([
    "user",
    "assistant",
    "user",
    "assistant",
    "user",
    "assistant",
  ]);
  const leaf = messages.at(-1)?.id ?? "";
  expect(pathTo(messages, leaf)).toHaveLength(6);
  expect(await toModelMessages(pathTo(messages, leaf))).toHaveLength(3);
});

test("pictures and attached files are asked for by their ids, each once", () => {
  const { messages } = chatFromChatGpt(
    conversation([
      root,
      {
        id: "u",
        parent: "root",
        role: "user",
        content: {
          content_type: "multimodal_text",
          parts: [
            {
              content_type: "image_asset_pointer",
              asset_pointer: "file-service://file-AbC1",
              width: 2,
              height: 2,
            },
            { content_type: "image_asset_pointer", asset_pointer: "sediment://file_00ff", size_bytes: 1 },
            { content_type: "audio_transcription", text: "spoken" },
            "What is this?",
          ],
        },
        metadata: {
          attachments: [
            { id: "file-AbC1", name: "a.png", mimeType: "image/png" },
            { id: "file-XyZ", name: "notes.pdf", mime_type: "application/pdf" },
          ],
        },
      },
    ]),
    now,
  );
  const files = messages[0]?.parts.map((part) => (part.type === "file" ? part.url : part.type));
  expect(files).toEqual(["import:file-AbC1", "import:file_00ff", "text", "text", "import:file-XyZ"]);
});

test("hidden messages are left out; without a title the first text gives one; without times the order holds", () => {
  const chat = chatFromChatGpt(
    conversation(
      [
        root,
        {
          id: "ctx",
          parent: "root",
          role: "user",
          content: { content_type: "user_editable_context", user_profile: "private" },
        },
        { id: "u", parent: "ctx", role: "user", content: text("Name three rivers. Only in Asia.") },
        {
          id: "h",
          parent: "u",
          content: text("hidden"),
          metadata: { is_visually_hidden_from_conversation: true },
        },
        { id: "a", parent: "h", content: text("Mekong …") },
      ],
      { title: null, create_time: null, update_time: null },
    ),
    now,
  );
  expect(chat.title).toBe("Name three rivers.");
  expect(JSON.stringify(chat)).not.toMatch(/private|hidden/);
  const [first, second] = chat.messages;
  expect(first && second && first.createdAt < second.createdAt).toBe(true);
});

test.each([
  [{ mapping: [] }, "not_a_chat"],
  [{ title: "T", mapping: { a: { message: 5 } } }, "not_a_chat"],
  [{ mapping: {} }, "empty"],
  [conversation([root, system]), "empty"],
  [
    conversation([
      { id: "a", parent: "b" },
      { id: "b", parent: "a" },
    ]),
    "empty",
  ],
])("a broken conversation is told and not imported (%#)", (value, reason) => {
  expect(() => chatFromChatGpt(value, now)).toThrow(expect.objectContaining({ reason }));
});

test("a chain of thousands of messages is read, and a small file cannot become a huge chat", () => {
  const chain: Given[] = [root, { ...ask, parent: "root" }];
  for (let place = 0; place < 3_000; place += 1) {
    chain.push({ id: `n${place}`, parent: place === 0 ? "u1" : `n${place - 1}` });
  }
  const given = conversation([]);
  const children = Map.groupBy(chain, ({ parent }) => parent);
  const mapping = (nodes: Given[]) =>
    Object.fromEntries(
      nodes.map((node) => [
        node.id,
        {
          ...Object.values(conversation([node]).mapping)[0],
          children: children.get(node.id)?.map(({ id }) => id) ?? [],
        },
      ]),
    );
  expect(chatFromChatGpt({ ...given, mapping: mapping(chain) }, now).messages[1]?.parts).toHaveLength(3_000);
  const forks = chain.map(({ id }) => ({ id: `leaf-${id}`, parent: id }));
  for (const fork of forks) children.set(fork.parent, [...(children.get(fork.parent) ?? []), fork]);
  const forked = { ...given, mapping: mapping([...chain, ...forks]) };
  expect(() => chatFromChatGpt(forked, now)).toThrow(expect.objectContaining({ reason: "too_large" }));
});
