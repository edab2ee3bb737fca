import fc from "fast-check";
import { expect, test } from "vitest";
import type { MessageMetadata, MessageParts, StoredMessage } from "../message.ts";
import { chatFromExport } from "./chat-from-export.ts";
import { toMarkdown } from "./chat-markdown.ts";
import { toExportedChat, type WholeChat } from "./export-format.ts";
import { withOwnIds } from "./imported-chat.ts";

type Part = MessageParts[number];

const word = fc.string({ minLength: 1, unit: "grapheme" });
const times = fc
  .tuple(fc.nat(), fc.nat())
  .map(([startedAt, endedAt]) => ({ aigateway: { startedAt, endedAt } }));
const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

const parts: fc.Arbitrary<Part> = fc.oneof(
  word.map((text): Part => ({ type: "text", text })),
  fc
    .tuple(word, times)
    .map(([text, providerMetadata]): Part => ({ type: "reasoning", text, state: "done", providerMetadata })),
  fc.constant<Part>({ type: "step-start" }),
  fc.tuple(word, json, json, times).map(
    ([toolCallId, input, output, resultProviderMetadata]): Part => ({
      type: "dynamic-tool",
      toolName: "calculator",
      toolCallId,
      state: "output-available",
      input,
      output,
      resultProviderMetadata,
    }),
  ),
  fc.tuple(word, json).map(
    ([errorText, input]): Part => ({
      type: "dynamic-tool",
      toolName: "fetch_page",
      toolCallId: "call_1",
      state: "output-error",
      input,
      errorText,
    }),
  ),
);

const metadata: fc.Arbitrary<MessageMetadata> = fc.record(
  {
    status: fc.constantFrom("completed", "stopped", "failed", "interrupted"),
    startedAt: fc.nat(),
    endedAt: fc.nat(),
    finishReason: fc.constantFrom("stop", "length", null),
    requestIds: fc.array(fc.string()),
    costNanoUsd: fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
    contextTokens: fc.nat(),
    usage: fc.record({
      promptTokens: fc.nat(),
      cachedTokens: fc.nat(),
      completionTokens: fc.nat(),
      reasoningTokens: fc.nat(),
    }),
  },
  { requiredKeys: [] },
);

const node = fc.record({
  above: fc.nat(),
  parts: fc.array(parts, { maxLength: 5 }),
  metadata,
  at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
});

/** Any tree: each message hangs below one that came before it, or is a root. */
const chats: fc.Arbitrary<WholeChat> = fc
  .tuple(word, fc.array(node, { minLength: 1, maxLength: 30 }), fc.nat())
  .map(([title, nodes, leaf]) => {
    const messages = nodes.map(({ above, at, ...rest }, index): StoredMessage => {
      const place = above % (index + 1);
      const parentId = place === index ? null : `msg_${place}`;
      const role = index % 2 === 0 ? ("user" as const) : ("assistant" as const);
      return { id: `msg_${index}`, parentId, role, createdAt: new Date(at), ...rest };
    });
    return {
      id: "chat_origin",
      title,
      createdAt: new Date(1_700_000_000_000),
      lastMessageAt: new Date(1_700_000_100_000),
      activeLeafId: `msg_${leaf % messages.length}`,
      messages,
    };
  });

const now = new Date("2026-11-26T12:00:00Z");

test("what is exported as JSON and imported again has lost nothing", async () => {
  await fc.assert(
    fc.asyncProperty(chats, async (chat) => {
      const file = JSON.stringify(toExportedChat(chat, [], now));
      const imported = await chatFromExport(JSON.parse(file));
      const byId = (messages: readonly StoredMessage[]) =>
        messages.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const { id, messages, ...rest } = chat;
      expect(imported).toMatchObject({ ...rest, sourceId: `aigateway:${id}` });
      expect(byId(imported.messages)).toEqual(byId(JSON.parse(JSON.stringify(messages)).map(revived)));
    }),
    { numRuns: 60 },
  );
});

function revived(message: StoredMessage): StoredMessage {
  return { ...message, createdAt: new Date(message.createdAt) };
}

test("parents come before their replies, and own ids keep the shape of the tree", async () => {
  await fc.assert(
    fc.asyncProperty(chats, async (chat) => {
      const read = await chatFromExport(toExportedChat(chat, [], now));
      const own = withOwnIds(read, "acc_1");
      const seen = new Set<string>();
      own.messages.forEach((message, index) => {
        if (message.parentId !== null) expect(seen.has(message.parentId)).toBe(true);
        seen.add(message.id);
        const origin = read.messages[index];
        const above = read.messages.findIndex(({ id }) => id === origin?.parentId);
        expect(message.parentId).toBe(above < 0 ? null : own.messages[above]?.id);
      });
      expect(withOwnIds(read, "acc_2").messages.map(({ id }) => id)).not.toEqual(
        own.messages.map(({ id }) => id),
      );
    }),
    { numRuns: 40 },
  );
});

test("a reply that was being written comes in as cut short", async () => {
  const chat: WholeChat = {
    id: "chat_1",
    title: "Running",
    createdAt: now,
    lastMessageAt: now,
    activeLeafId: null,
    messages: [
      {
        id: "a",
        parentId: null,
        role: "user",
        parts: [{ type: "text", text: "Hi" }],
        metadata: {},
        createdAt: now,
      },
      {
        id: "b",
        parentId: "a",
        role: "assistant",
        parts: [],
        metadata: { status: "running", materializedSeq: 4, keptParts: 0 },
        createdAt: now,
      },
    ],
  };
  const { messages } = await chatFromExport(toExportedChat(chat, [], now));
  expect(messages[1]?.metadata).toEqual({ status: "interrupted" });
});

const exported = (change: object) => ({
  ...toExportedChat(
    { id: "c", title: "T", createdAt: now, lastMessageAt: now, activeLeafId: null, messages: [] },
    [],
    now,
  ),
  ...change,
});
const message = (id: string, parentId: string | null, parts: unknown = [{ type: "text", text: "x" }]) => ({
  id,
  parentId,
  role: "user",
  parts,
  metadata: {},
  createdAt: now.toISOString(),
});

test.each([
  ["no messages", { messages: [] }, "empty"],
  ["a missing parent", { messages: [message("a", "z")] }, "broken_tree"],
  ["a circle", { messages: [message("a", "b"), message("b", "a")] }, "broken_tree"],
  ["an id twice", { messages: [message("a", null), message("a", null)] }, "broken_tree"],
  ["a part of no known type", { messages: [message("a", null, [{ type: "script" }])] }, "invalid_parts"],
  ["a text that is none", { messages: [message("a", null, [{ type: "text", text: 5 }])] }, "invalid_parts"],
  ["a version that is none", { version: 0, messages: [message("a", null)] }, "not_a_chat"],
])("%s is refused", async (_what, change, reason) => {
  await expect(chatFromExport(exported(change))).rejects.toMatchObject({ reason });
});

test("Markdown folds thinking and calls, links files, and code cannot break out", () => {
  const markdown = toMarkdown(
    {
      id: "chat_1",
      title: "Sums\nand more",
      createdAt: now,
      lastMessageAt: now,
      activeLeafId: null,
      messages: [
        {
          id: "a",
          parentId: null,
          role: "user",
          parts: [
            { type: "text", text: "Look" },
            { type: "file", mediaType: "image/png", filename: "a [1].png", url: "/api/attachments/att_1" },
          ],
          metadata: {},
          createdAt: now,
        },
        {
          id: "b",
          parentId: "a",
          role: "assistant",
          parts: [
            { type: "reasoning", text: "Hmm" },
            {
              type: "dynamic-tool",
              toolName: "run_javascript",
              toolCallId: "c",
              state: "output-available",
              input: { code: "1+1" },
              output: "```\n2",
            },
            { type: "text", text: "It is 2." },
          ],
          metadata: {},
          createdAt: new Date(now.getTime() + 1),
        },
      ],
    },
    [{ id: "att_1", mediaType: "image/png", filename: "a.png", sizeBytes: 1, path: "attachments/att_1.png" }],
  );
  expect(markdown).toContain("# Sums and more\n\n## You\n\n*2026-11-26 12:00 UTC*\n\nLook\n\n");
  expect(markdown).toContain("![a \\[1\\].png](attachments/att_1.png)");
  expect(markdown).toContain("<details>\n<summary>Thinking</summary>\n\nHmm\n\n</details>");
  expect(markdown).toContain("<summary>Tool: run_javascript (done)</summary>");
  expect(markdown).toContain("````text\n```\n2\n````");
  expect(markdown.endsWith("It is 2.\n")).toBe(true);
});
