import { expect, test } from "vitest";
import { readStreamFixture, streamFixtures } from "#tests/fixtures/streams/index.ts";
import { accumulateChunk, emptyAccumulation } from "./chat-accumulator.ts";
import { isDone, isUpstreamError, parseChatChunk } from "./chat-completions.ts";
import { createFrameSplitter } from "./sse.ts";

function readStream(bytes: Uint8Array) {
  const splitter = createFrameSplitter();
  const frames = [...splitter.push(bytes), splitter.end()];
  let ends: "done" | "error" | "cut" = "cut";
  let soFar = emptyAccumulation;
  for (const data of frames.flatMap((frame) => frame?.data ?? [])) {
    const chunk = parseChatChunk(data);
    if (isDone(data)) ends = "done";
    else if (chunk && isUpstreamError(chunk)) ends = "error";
    else if (chunk) soFar = accumulateChunk(soFar, chunk);
  }
  const { model, toolCallSlots, ...read } = soFar;
  return { ...read, ends };
}

test.each(streamFixtures)("$file is read for what it says", ({ file, ...expected }) => {
  expect(readStream(readStreamFixture(file))).toEqual(expected);
});

test("the state before a chunk is left as it was", () => {
  const chunk = {
    choices: [{ delta: { content: "a", tool_calls: [{ id: "x", function: { name: "f" } }] } }],
  };
  const once = accumulateChunk(emptyAccumulation, chunk);
  accumulateChunk(once, chunk);
  expect(once).toMatchObject({ content: "a", toolCalls: [{ id: "x", name: "f", arguments: "" }] });
  expect(emptyAccumulation.toolCalls).toEqual([]);
});

test("the model is the first one named", () => {
  const named = [null, "kimi-k2.6", "other"].map((model) => ({ model, choices: [] }));
  expect(named.reduce(accumulateChunk, emptyAccumulation).model).toBe("kimi-k2.6");
});

test("other choices than the first are not mixed in", () => {
  const chunks = [0, 1, 0].map((index) => ({ choices: [{ index, delta: { content: `${index}` } }] }));
  expect(chunks.reduce(accumulateChunk, emptyAccumulation).content).toBe("00");
});
