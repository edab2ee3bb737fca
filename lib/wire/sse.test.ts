import fc from "fast-check";
import { expect, test } from "vitest";
import { readStreamFixture, streamFixtures } from "#tests/fixtures/streams/index.ts";
import { ApiError } from "./errors.ts";
import { createFrameSplitter, formatEvent, type SseFrame, sseComment } from "./sse.ts";

const encode = (text: string) => new TextEncoder().encode(text);

function splitAt(bytes: Uint8Array, cuts: number[]): SseFrame[] {
  const splitter = createFrameSplitter();
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const frames = edges.slice(1).flatMap((end, at) => splitter.push(bytes.slice(edges[at], end)));
  const rest = splitter.end();
  return rest ? [...frames, rest] : frames;
}

const plain = (frames: SseFrame[]) =>
  frames.map(({ raw, data }) => ({ raw: Buffer.from(raw).toString("latin1"), data }));
const dataOf = (text: string) => splitAt(encode(text), []).map((frame) => frame.data);

const cuts = fc.array(fc.nat(), { maxLength: 12 });
const streamBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.constantFrom(...streamFixtures.map(({ file }) => readStreamFixture(file))),
  fc
    .array(fc.constantFrom("\n", "\r", "\r\n", "data: ", "data", ":", "é", "😀", "x", " "), { maxLength: 60 })
    .map((parts) => encode(parts.join(""))),
);

test("the frames put together are the input, byte for byte, wherever it is cut", () => {
  fc.assert(
    fc.property(streamBytes, cuts, (bytes, at) => {
      expect(Buffer.concat(splitAt(bytes, at).map((frame) => frame.raw)).equals(bytes)).toBe(true);
    }),
  );
});

test("where the input is cut changes neither frames nor data", () => {
  fc.assert(
    fc.property(streamBytes, cuts, (bytes, at) => {
      expect(plain(splitAt(bytes, at))).toEqual(plain(splitAt(bytes, [])));
    }),
    { numRuns: 300 },
  );
});

test("what is formatted is read back, byte by byte", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), (texts) => {
      const data = texts.map((text) => text.replace(/\r\n?/g, "\n").toWellFormed());
      const bytes = encode(data.map((text) => formatEvent({ data: text })).join(""));
      const frames = splitAt(bytes, bytes.length < 400 ? Array.from(bytes, (_, at) => at) : []);
      expect(frames.map((frame) => frame.data)).toEqual(data);
    }),
  );
});

test.each([
  ["LF", "data: a\n\ndata: b\n\n", ["a", "b"]],
  ["CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]],
  ["CR", "data: a\r\rdata: b\r\r", ["a", "b"]],
  ["mixed (the last LF is a stray)", "data: a\n\r\ndata: b\r\n\ndata: c\r\r\n", ["a", "b", "c", null]],
  ["several data lines", "data: a\ndata:b\ndata\ndata:  c\n\n", ["a\nb\n\n c"]],
  ["comments and other fields", ": hi\n\nevent: x\nid: 1\n\ndatabase: no\n\n", [null, null, null]],
  ["no space after the colon", "data:{}\n\n", ["{}"]],
  ["an unterminated rest", "data: a\n\ndata: [DONE]", ["a", "[DONE]"]],
])("%s", (_, text, expected) => {
  expect(dataOf(text)).toEqual(expected);
});

test("an event is given as soon as its last byte is there", () => {
  for (const end of ["\n\n", "\r\n\r\n", "\r\r"]) {
    expect(createFrameSplitter().push(encode(`data: a${end}`))).toHaveLength(1);
  }
});

test("an event above the maximum is refused, however it is cut", () => {
  const long = encode(`data: ${"x".repeat(20)}\n\n`);
  const refusal = expect.objectContaining({ code: "upstream_error" });
  expect(() => createFrameSplitter(20).push(long)).toThrow(ApiError);
  const splitter = createFrameSplitter(20);
  splitter.push(long.subarray(0, 15));
  expect(() => splitter.push(long.subarray(15, 25))).toThrow(refusal);
});

test("many small events may together exceed the maximum", () => {
  expect(createFrameSplitter(20).push(encode("data: 12345\n\n".repeat(50)))).toHaveLength(50);
});

test("events and comments are written as the standard says", () => {
  expect(formatEvent({ event: "ping", id: "7", data: "a\nb" })).toBe(
    "event: ping\nid: 7\ndata: a\ndata: b\n\n",
  );
  expect(sseComment("keep-alive")).toBe(": keep-alive\n\n");
  expect(dataOf(sseComment("two\nlines"))).toEqual([null]);
});
