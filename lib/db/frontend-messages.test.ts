import { expect, test } from "vitest";
import { encodeTransaction } from "./frontend-messages.ts";

/** Type and content of each message. */
function messagesIn(bytes: Uint8Array): [string, string][] {
  const buffer = Buffer.from(bytes);
  const messages: [string, string][] = [];
  for (let at = 0; at < buffer.length; ) {
    const length = buffer.readInt32BE(at + 1);
    messages.push([String.fromCharCode(buffer[at] ?? 0), buffer.toString("latin1", at + 5, at + 1 + length)]);
    at += 1 + length;
  }
  return messages;
}

test("a statement is prepared once, bound and executed; one Sync ends the transaction", () => {
  const one = { name: "one", text: "select $1", values: ["a", null] };
  const two = { name: "two", text: "select 2", values: [] };
  const prepared = new Set(["two"]);
  expect(messagesIn(encodeTransaction([one, two, one], prepared))).toEqual([
    ["P", "one\0select $1\0\0\0"],
    ["B", "\0one\0\0\0\0\x02\0\0\0\x01a\xff\xff\xff\xff\0\0"],
    ["E", "\0\0\0\0\0"],
    ["B", "\0two\0\0\0\0\0\0\0"],
    ["E", "\0\0\0\0\0"],
    ["B", "\0one\0\0\0\0\x02\0\0\0\x01a\xff\xff\xff\xff\0\0"],
    ["E", "\0\0\0\0\0"],
    ["S", ""],
  ]);
  expect(prepared).toEqual(new Set(["one", "two"]));
});

test("lengths are those of the bytes, however long a value is", () => {
  const long = "é😀".repeat(20_000);
  const bytes = encodeTransaction([{ name: "n", text: "t", values: [long, "end"] }], new Set(["n"]));
  const [bind, execute, sync] = messagesIn(bytes);
  expect(Buffer.from(bind?.[1] ?? "", "latin1").toString("utf8")).toContain(`${long}\0\0\0\x03end`);
  expect([execute?.[0], sync?.[0]]).toEqual(["E", "S"]);
});
