import { expect, test } from "vitest";
import { readableUrl } from "./readable-url.ts";

test.each([
  ["/chat/chat_1?tag=a%20b", "/chat/chat_1?tag=a%20b"],
  ["/chat/a%00b?tag=%00", "/chat/a%EF%BF%BDb?tag=%EF%BF%BD"],
  // A query is read leniently by everybody.
  ["/usage?tag=%ED%A0%80", "/usage?tag=%ED%A0%80"],
  ["/chat/%ED%A0%80", null],
  ["/chat/%", null],
])("%s is read as %s", (url, readable) => {
  expect(readableUrl(url)).toBe(readable);
});
