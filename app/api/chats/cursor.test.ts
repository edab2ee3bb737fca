import { expect, test } from "vitest";
import { readCursor, writeCursor } from "./cursor.ts";

test("a cursor comes back as it was given", () => {
  const cursor = { lastMessageAt: new Date(1_795_000_000_123), id: "chat_1" };
  expect(readCursor(writeCursor(cursor))).toEqual(cursor);
});

test.each(["", "x", "bm8", "WzEuNSwiYSJd"])("%j is refused as a cursor", (text) => {
  expect(() => readCursor(text)).toThrow(
    expect.objectContaining({ code: "invalid_request", param: "cursor" }),
  );
});
