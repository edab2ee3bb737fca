import { expect, test } from "vitest";
import { newId } from "#lib/ops/ids.ts";
import { parseCursor, toCursor } from "./request-cursor.ts";

test("a cursor names the place it was made of", () => {
  const place = { createdAt: new Date("2026-05-05T10:00:00.123Z"), id: newId("req") };
  expect(parseCursor(toCursor(place))).toEqual(place);
  expect(encodeURIComponent(toCursor(place))).toBe(toCursor(place));
});

test.each(["", "1", "1.", ".req_1", "x.req_1", "1.req_1.2", "1.req_'", "9999999999999999.req_1"])(
  "%j is no cursor",
  (text) => expect(parseCursor(text)).toBeNull(),
);
