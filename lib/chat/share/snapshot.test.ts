import { expect, test } from "vitest";
import type { StoredMessage } from "../message.ts";
import { parseSharedMessages, snapshotOf } from "./snapshot.ts";

const createdAt = new Date("2026-11-26T12:00:00Z");

const path: StoredMessage[] = [
  {
    id: "msg_secret_1",
    parentId: null,
    role: "user",
    parts: [
      { type: "text", text: "Look" },
      { type: "file", mediaType: "image/png", filename: "a.png", url: "/api/attachments/att_1" },
      { type: "file", mediaType: "image/png", filename: "b.png", url: "https://elsewhere.example/b.png" },
    ],
    metadata: {},
    createdAt,
  },
  {
    id: "msg_secret_2",
    parentId: "msg_secret_1",
    role: "assistant",
    parts: [
      { type: "step-start" },
      {
        type: "reasoning",
        text: "private thought",
        providerMetadata: {
          aigateway: { startedAt: 1_000, endedAt: 3_500 },
          openai: { itemId: "rs_secret" },
        },
      },
      {
        type: "dynamic-tool",
        toolName: "web_search",
        toolCallId: "call_secret",
        state: "output-available",
        input: { query: "private query" },
        output: "private result",
      },
      { type: "text", text: "An answer", providerMetadata: { openai: { itemId: "msg_secret" } } },
    ],
    metadata: { status: "completed", costNanoUsd: "424242", requestIds: ["req_secret"], provider: "secret" },
    createdAt,
  },
  {
    id: "msg_secret_3",
    parentId: "msg_secret_2",
    role: "assistant",
    parts: [],
    metadata: { status: "failed", error: { code: "x", message: "secret error", requestId: null } },
    createdAt,
  },
];

test("by default a share shows words, names of tools and files, and nothing else", () => {
  const { messages, attachmentIds } = snapshotOf(path, { reasoning: false, toolResults: false, name: false });
  expect(JSON.stringify(messages)).not.toMatch(/private|secret|424242|metadata/i);
  expect(messages).toEqual([
    {
      role: "user",
      createdAt: createdAt.toISOString(),
      parts: [
        { type: "text", text: "Look" },
        { type: "file", attachmentId: "att_1", mediaType: "image/png", filename: "a.png" },
      ],
    },
    {
      role: "assistant",
      createdAt: createdAt.toISOString(),
      parts: [
        { type: "tool", name: "web_search", title: null, state: "done", detail: null },
        { type: "text", text: "An answer" },
      ],
    },
  ]);
  expect(attachmentIds).toEqual(["att_1"]);
});

test("thinking and results are shown where they are asked for, and the snapshot is read back as it was", () => {
  const { messages } = snapshotOf(path, { reasoning: true, toolResults: true, name: false });
  expect(messages[1]?.parts.slice(0, 2)).toEqual([
    { type: "reasoning", text: "private thought", tookMs: 2_500 },
    {
      type: "tool",
      name: "web_search",
      title: null,
      state: "done",
      detail: { input: { query: "private query" }, output: "private result" },
    },
  ]);
  expect(JSON.stringify(messages)).not.toMatch(/secret|424242/);
  expect(parseSharedMessages(JSON.parse(JSON.stringify(messages)))).toEqual(messages);
});
