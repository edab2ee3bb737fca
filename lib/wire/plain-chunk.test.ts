import fc from "fast-check";
import { expect, test } from "vitest";
import { readStreamFixture, streamFixtures } from "#tests/fixtures/streams/index.ts";
import { chunkSchema, completionSchema, isUpstreamError, parseChatChunk } from "./chat-completions.ts";
import { isPlainChunk, isPlainCompletion } from "./plain-chunk.ts";
import { createFrameSplitter } from "./sse.ts";

const odd = fc.constantFrom(
  null,
  undefined,
  1,
  1.5,
  "x",
  "",
  "error",
  [],
  {},
  true,
  [null],
  { name: 1 },
  { index: "0" },
);
const maybe = <T>(good: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 8, arbitrary: good }, { weight: 1, arbitrary: odd });
const text = maybe(fc.string());
const some = { requiredKeys: [] };
const usage = maybe(fc.record({ prompt_tokens: maybe(fc.nat()) }, some));
const toolCall = fc.record(
  { index: maybe(fc.nat()), id: text, function: maybe(fc.record({ name: text, arguments: text }, some)) },
  some,
);
const delta = fc.record(
  {
    role: text,
    content: text,
    reasoning_content: text,
    reasoning: text,
    refusal: text,
    tool_calls: maybe(fc.array(maybe(toolCall))),
    x: odd,
  },
  some,
);
const choice = fc.record(
  { index: maybe(fc.nat()), delta: maybe(delta), finish_reason: text, usage, x: odd },
  some,
);
const chunk = fc.record(
  {
    id: text,
    object: text,
    created: maybe(fc.nat()),
    model: text,
    system_fingerprint: text,
    usage,
    error: odd,
    choices: maybe(fc.array(maybe(choice))),
  },
  some,
);

const completion = chunk.map((made) => JSON.parse(JSON.stringify(made).replaceAll('"delta"', '"message"')));

test.each([
  ["chunk", chunk, isPlainChunk, chunkSchema],
  ["completion", completion, isPlainCompletion, completionSchema],
])("what counts as a plain %s is what the schema gives back unchanged", (_what, value, isPlain, schema) => {
  let plain = 0;
  fc.assert(
    fc.property(maybe<unknown>(value), (made) => {
      const read: unknown = JSON.parse(JSON.stringify(made) ?? "null");
      if (!isPlain(read)) return;
      plain++;
      expect(schema.parse(read)).toEqual(read);
      expect(isUpstreamError(read)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
  expect(plain).toBeGreaterThan(20);
});

test("the chunks of real upstreams are plain", () => {
  const plain = streamFixtures.flatMap(({ file }) =>
    createFrameSplitter()
      .push(readStreamFixture(file))
      .map(({ data }) => data !== null && parseChatChunk(data) !== null && isPlainChunk(JSON.parse(data))),
  );
  expect(plain.filter(Boolean).length).toBeGreaterThan(plain.length / 2);
});
