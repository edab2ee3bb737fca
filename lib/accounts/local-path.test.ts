import { expect, test } from "vitest";
import { localPathOr, signInPathFor } from "./local-path.ts";

test.each([
  "https://evil.example/chat",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/..//evil.example",
  "/a/\\evil.example",
  "javascript:alert(1)",
  "chat",
  "",
  null,
  undefined,
])("%j is no path to go back to", (wanted) => {
  expect(localPathOr(wanted, "/chat")).toBe("/chat");
});

test("a local path is kept with its query, without what the router added", () => {
  expect(localPathOr("/usage?range=30d&_rsc=abc#today", "/chat")).toBe("/usage?range=30d#today");
  expect(localPathOr("/chat/chat_1", "/")).toBe("/chat/chat_1");
});

test("sign-in leads back to the page that asked for it", () => {
  expect(signInPathFor("/keys?a=1&b=2")).toBe("/signin?next=%2Fkeys%3Fa%3D1%26b%3D2");
  expect(signInPathFor("/chat")).toBe("/signin");
  expect(signInPathFor("https://evil.example/")).toBe("/signin");
  expect(signInPathFor(null)).toBe("/signin");
});
