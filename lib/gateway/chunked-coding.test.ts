import { expect, test } from "vitest";
import { toChunk, toLastChunks } from "./chunked-coding.ts";

const text = (bytes: Buffer) => bytes.toString("utf8");

test("a chunk says its size in bytes, whatever it is made of", () => {
  expect(text(toChunk("data: é\n\n"))).toBe("a\r\ndata: é\n\n\r\n");
  expect(toChunk("😀é")).toEqual(toChunk(Buffer.from("😀é")));
  expect(text(toChunk("x".repeat(300)))).toBe(`12c\r\n${"x".repeat(300)}\r\n`);
});

test("the end is the last chunk, after what is left to say", () => {
  expect(text(toLastChunks(""))).toBe("0\r\n\r\n");
  expect(text(toLastChunks("ab"))).toBe("2\r\nab\r\n0\r\n\r\n");
});
