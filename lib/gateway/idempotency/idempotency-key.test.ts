import { expect, test } from "vitest";
import { readIdempotencyKey } from "./idempotency-key.ts";

test.each(["a", "order 17/b", "~".repeat(255)])("%j is a key", (key) => {
  expect(readIdempotencyKey(key)).toBe(key);
});

test("no header is no key", () => {
  expect(readIdempotencyKey(undefined)).toBeNull();
});

test.each(["", "a".repeat(256), "é", "tab\there", ["a", "b"]])("%j is refused", (header) => {
  expect(() => readIdempotencyKey(header)).toThrow(
    expect.objectContaining({ code: "invalid_request", param: "Idempotency-Key" }),
  );
});
