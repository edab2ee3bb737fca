import { readUIMessageStream } from "ai";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChatChunk, ChatUIMessage } from "#lib/chat/message.ts";
import type { ChatMessage } from "./chat-message.ts";
import { ReplyBuilder } from "./reply-builder.ts";

const blank: ChatMessage = {
  id: "msg_1",
  parentId: null,
  role: "assistant",
  parts: [],
  metadata: {},
  createdAt: new Date(0),
};

/** As the server reduces a log, on the AI SDK's reader. It works on the message it is given, which is read at the end. */
async function reducedBySdk(chunks: readonly ChatChunk[]): Promise<unknown> {
  const message: ChatUIMessage = { id: "msg_1", role: "assistant", parts: [] };
  const stream = new ReadableStream<ChatChunk>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(structuredClone(chunk));
      controller.close();
    },
  });
  const states = readUIMessageStream<ChatUIMessage>({ message, stream, terminateOnError: true });
  for await (const state of states) expect(state.id).toBe("msg_1");
  return { parts: message.parts, metadata: message.metadata ?? {} };
}

function built(message: ChatMessage, chunks: readonly ChatChunk[]): ChatMessage {
  const builder = new ReplyBuilder(message);
  for (const chunk of chunks) builder.add(chunk);
  return builder.message();
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const words = fc.array(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });
const providerMetadata = fc.option(fc.constant({ aigateway: { startedAt: 1 } }), { nil: undefined });
const optional = <Key extends string, Value>(key: Key, value: Value | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };

const thinking = fc
  .tuple(fc.uuid(), words, providerMetadata)
  .map(([id, deltas, metadata]): ChatChunk[] => [
    { type: "reasoning-start", id, ...optional("providerMetadata", metadata) },
    ...deltas.map((delta): ChatChunk => ({ type: "reasoning-delta", id, delta })),
    { type: "reasoning-end", id, providerMetadata: { aigateway: { startedAt: 1, endedAt: 2 } } },
  ]);
const answer = fc
  .tuple(fc.constantFrom("0", "txt"), words)
  .map(([id, deltas]): ChatChunk[] => [
    { type: "text-start", id },
    ...deltas.map((delta): ChatChunk => ({ type: "text-delta", id, delta })),
    { type: "text-end", id },
  ]);
const source = fc.constantFrom<ChatChunk[]>(
  [{ type: "source-url", sourceId: "s1", url: "https://example.com", title: "Example" }],
  [{ type: "file", mediaType: "image/png", url: "data:image/png;base64,AA==" }],
);

/** How a call ends: with a result, in steps, failed, denied, or with a question to the person and its answer. */
const endings: ((toolCallId: string, metadata: object) => ChatChunk[])[] = [
  (toolCallId, metadata) => [
    { type: "tool-output-available", toolCallId, output: { noon: true }, ...metadata },
  ],
  (toolCallId) => [
    { type: "tool-output-available", toolCallId, output: "half", preliminary: true },
    { type: "tool-output-available", toolCallId, output: "whole" },
  ],
  (toolCallId, metadata) => [{ type: "tool-output-error", toolCallId, errorText: "No.", ...metadata }],
  (toolCallId) => [
    { type: "tool-approval-request", approvalId: `a-${toolCallId}`, toolCallId },
    { type: "tool-approval-response", approvalId: `a-${toolCallId}`, approved: true, reason: "Fine" },
    { type: "tool-output-available", toolCallId, output: 1 },
  ],
  (toolCallId) => [
    { type: "tool-approval-request", approvalId: `a-${toolCallId}`, toolCallId },
    { type: "tool-approval-response", approvalId: `a-${toolCallId}`, approved: false },
    { type: "tool-output-denied", toolCallId },
  ],
  () => [],
];
const call = fc
  .record({
    toolCallId: fc.uuid(),
    dynamic: fc.boolean(),
    title: fc.option(fc.constant("A clock"), { nil: undefined }),
    metadata: providerMetadata,
    input: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxKeys: 3 }),
    written: fc.boolean(),
    wrong: fc.boolean(),
    ending: fc.constantFrom(...endings),
  })
  .map(({ toolCallId, dynamic, title, metadata, input, written, wrong, ending }): ChatChunk[] => {
    const head = { toolCallId, toolName: "clock", ...(dynamic && { dynamic }), ...optional("title", title) };
    const meta = optional("providerMetadata", metadata);
    const text = JSON.stringify(input);
    const deltas = [text.slice(0, 3), text.slice(3)].map(
      (inputTextDelta): ChatChunk => ({ type: "tool-input-delta", toolCallId, inputTextDelta }),
    );
    return [
      ...(written ? [{ type: "tool-input-start", ...head } satisfies ChatChunk, ...deltas] : []),
      ...(wrong
        ? [{ type: "tool-input-error", ...head, input: text, errorText: "Wrong." } satisfies ChatChunk]
        : [
            { type: "tool-input-available", ...head, input, ...meta } satisfies ChatChunk,
            ...ending(toolCallId, meta),
          ]),
    ];
  });

const log = fc
  .array(fc.array(fc.oneof(thinking, answer, call, source), { minLength: 1, maxLength: 4 }), { maxLength: 3 })
  .map((steps): ChatChunk[] => [
    { type: "start", messageId: "msg_1", messageMetadata: { status: "running", startedAt: 5 } },
    ...steps.flatMap((groups): ChatChunk[] => [
      { type: "start-step" },
      ...groups.flat(),
      { type: "finish-step" },
    ]),
    { type: "finish", messageMetadata: { status: "completed", endedAt: 9, finishReason: "stop" } },
  ]);
const share = fc.double({ min: 0, max: 1, noNaN: true });

test("every log, at every position, gives the reply that the AI SDK's reader gives", async () => {
  await fc.assert(
    fc.asyncProperty(log, share, async (chunks, part) => {
      const seen = chunks.slice(0, Math.ceil(part * chunks.length));
      const { parts, metadata } = built(blank, seen);
      expect(asJson({ parts, metadata })).toEqual(asJson(await reducedBySdk(seen)));
    }),
    { numRuns: 500 },
  );
});

test("a reply stored at any log position and read on from there ends as one watched from the start", () => {
  fc.assert(
    fc.property(log, share, (chunks, part) => {
      const cut = Math.floor(part * chunks.length);
      const stored: ChatMessage = { ...blank, ...built(blank, chunks.slice(0, cut)) };
      const again: ChatMessage = { ...stored, parts: JSON.parse(JSON.stringify(stored.parts)) };
      expect(asJson(built(again, chunks.slice(cut)))).toEqual(asJson(built(blank, chunks)));
    }),
    { numRuns: 500 },
  );
});

test("a text that was stored in mid-sentence goes on under an id never seen", () => {
  const stored: ChatMessage = { ...blank, parts: [{ type: "text", text: "One, ", state: "streaming" }] };
  const { parts } = built(stored, [
    { type: "text-delta", id: "txt-7", delta: "two" },
    { type: "text-end", id: "txt-7" },
  ]);
  expect(parts).toEqual([{ type: "text", text: "One, two", state: "done" }]);
});

test("a continued reply keeps the parts it had, and parts that do not change keep their identity", () => {
  const stopped: ChatMessage = { ...blank, parts: [{ type: "text", text: "One, two", state: "done" }] };
  const builder = new ReplyBuilder(stopped);
  builder.add({ type: "start", messageId: "msg_1" });
  builder.add({ type: "text-start", id: "0" });
  const before = builder.message();
  builder.add({ type: "text-delta", id: "0", delta: ", three" });
  const after = builder.message();
  expect(after.parts.map((part) => (part.type === "text" ? part.text : part.type))).toEqual([
    "One, two",
    ", three",
  ]);
  expect(after.parts[0]).toBe(before.parts[0]);
  expect(before.parts[1]).toMatchObject({ text: "" });
});

test("a chunk that belongs to nothing is refused", () => {
  const builder = new ReplyBuilder(blank);
  expect(() => builder.add({ type: "text-delta", id: "0", delta: "lost" })).toThrow("belongs to no part");
});
