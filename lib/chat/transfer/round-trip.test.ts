import fc from "fast-check";
import { expect, test } from "vitest";
import { wholeChats } from "#tests/support/whole-chats.ts";
import type { StoredMessage } from "../message.ts";
import { chatFromExport } from "./chat-from-export.ts";
import { toMarkdown } from "./chat-markdown.ts";
import { toExportedChat, type WholeChat } from "./export-format.ts";
import { unfiled } from "./filing.ts";
import { withOwnIds } from "./imported-chat.ts";

const now = new Date("2026-11-26T12:00:00Z");

test("what is exported as JSON and imported again has lost nothing", async () => {
  await fc.assert(
    fc.asyncProperty(wholeChats, async (chat) => {
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
    fc.asyncProperty(wholeChats, async (chat) => {
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
    filing: unfiled,
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
    {
      id: "c",
      title: "T",
      createdAt: now,
      lastMessageAt: now,
      activeLeafId: null,
      filing: unfiled,
      messages: [],
    },
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
      filing: unfiled,
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
            {
              type: "reasoning",
              text: "Hmm",
              providerMetadata: { aigateway: { startedAt: 1_000, endedAt: 13_420 } },
            },
            { type: "reasoning", text: "Still" },
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
  expect(markdown).toContain("<details>\n<summary>Thinking (12.4 s)</summary>\n\nHmm\n\n</details>");
  expect(markdown).toContain("<details>\n<summary>Thinking</summary>\n\nStill\n\n</details>");
  expect(markdown).toContain("<summary>Tool: run_javascript (done)</summary>");
  expect(markdown).toContain("````text\n```\n2\n````");
  expect(markdown.endsWith("It is 2.\n")).toBe(true);
});

test("an export of before options and folders comes in as nobody's choice", async () => {
  const { options: _, pinnedAt: __, archivedAt: ___, folder: ____, ...chat } = exported({}).chat;
  const read = await chatFromExport(exported({ chat, messages: [message("a", null)] }));
  expect(read.filing).toEqual(unfiled);
});
