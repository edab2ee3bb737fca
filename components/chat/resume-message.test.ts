import { readUIMessageStream, type UIMessageChunk } from "ai";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChatUIMessage } from "#lib/chat/message.ts";
import { type ChatMessage, toUIMessage } from "./chat-message.ts";
import { resumeMessage } from "./resume-message.ts";

const blank: ChatMessage = {
  id: "msg_1",
  parentId: null,
  role: "assistant",
  parts: [],
  metadata: {},
  createdAt: new Date(0),
};

function streamOf(chunks: readonly UIMessageChunk[]): ReadableStream<UIMessageChunk> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

/** The SDK's reader works on the message it is given, and does not show every step: so that message is read at the end. */
async function reduce(message: ChatMessage, chunks: readonly UIMessageChunk[]): Promise<ChatMessage> {
  const reduced = toUIMessage(structuredClone(message));
  const states = readUIMessageStream<ChatUIMessage>({
    message: reduced,
    stream: streamOf(chunks),
    terminateOnError: true,
  });
  for await (const state of states) expect(state.id).toBe(message.id);
  return { ...message, parts: reduced.parts };
}

const words = fc.array(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });
const times = { aigateway: { startedAt: 1, endedAt: 2 } };

const thinking = fc
  .tuple(fc.uuid(), words)
  .map(([id, deltas]): UIMessageChunk[] => [
    { type: "reasoning-start", id, providerMetadata: { aigateway: { startedAt: 1 } } },
    ...deltas.map((delta): UIMessageChunk => ({ type: "reasoning-delta", id, delta })),
    { type: "reasoning-end", id, providerMetadata: times },
  ]);
const answer = fc
  .tuple(fc.constantFrom("0", "txt"), words)
  .map(([id, deltas]): UIMessageChunk[] => [
    { type: "text-start", id },
    ...deltas.map((delta): UIMessageChunk => ({ type: "text-delta", id, delta })),
    { type: "text-end", id },
  ]);
const tool = fc.uuid().map((toolCallId): UIMessageChunk[] => [
  { type: "tool-input-start", toolCallId, toolName: "clock" },
  { type: "tool-input-delta", toolCallId, inputTextDelta: '{"zone":' },
  { type: "tool-input-delta", toolCallId, inputTextDelta: '"UTC"}' },
  { type: "tool-input-available", toolCallId, toolName: "clock", input: { zone: "UTC" } },
  { type: "tool-output-available", toolCallId, output: "noon" },
]);
const log = fc
  .array(fc.oneof(thinking, answer, tool), { minLength: 1, maxLength: 6 })
  .map((groups): UIMessageChunk[] => [{ type: "start-step" }, ...groups.flat(), { type: "finish-step" }]);

test("a reply stored at any log position and read on from there ends as one watched from the start", async () => {
  await fc.assert(
    fc.asyncProperty(log, fc.double({ min: 0, max: 1, noNaN: true }), async (chunks, share) => {
      const cut = Math.floor(share * chunks.length);
      const whole = await reduce(blank, chunks);
      const partial = await reduce(blank, chunks.slice(0, cut));
      const stored: ChatMessage = { ...blank, parts: JSON.parse(JSON.stringify(partial.parts)) };
      const { base, opening, lead } = resumeMessage(stored);
      const resumed = await reduce(base, [
        ...opening,
        ...chunks.slice(cut).flatMap((chunk) => lead(chunk) ?? []),
      ]);
      expect(JSON.parse(JSON.stringify(resumed.parts))).toEqual(JSON.parse(JSON.stringify(whole.parts)));
    }),
    { numRuns: 200 },
  );
});

test("a continued reply keeps the parts it had", async () => {
  const stopped: ChatMessage = { ...blank, parts: [{ type: "text", text: "One, two", state: "done" }] };
  const { base, opening, lead } = resumeMessage(stopped);
  const chunks: UIMessageChunk[] = [
    { type: "start", messageId: "msg_1" },
    { type: "text-start", id: "0" },
    { type: "text-delta", id: "0", delta: ", three" },
  ];
  const continued = await reduce(base, [...opening, ...chunks.flatMap((chunk) => lead(chunk) ?? [])]);
  expect(continued.parts.map((part) => (part.type === "text" ? part.text : part.type))).toEqual([
    "One, two",
    ", three",
  ]);
});
