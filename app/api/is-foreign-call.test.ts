import { expect, test } from "vitest";
import { isForeignCall } from "./is-foreign-call.ts";

const own = { host: "192.168.1.20:3000" };

test.each([
  ["a program", {}, false],
  ["a page of ours on plain http", { origin: "http://192.168.1.20:3000" }, false],
  ["a page of ours by its public address", { origin: "https://chat.example.com" }, false],
  [
    "a page the browser calls ours",
    { origin: "https://renamed.example.com", "sec-fetch-site": "same-origin" },
    false,
  ],
  ["a page of another site", { origin: "https://evil.example" }, true],
  ["a page on another port", { origin: "http://192.168.1.20:4000" }, true],
  ["a page of a sister site", { origin: "http://192.168.1.20:3000", "sec-fetch-site": "same-site" }, true],
  ["a page the browser calls foreign", { "sec-fetch-site": "cross-site" }, true],
  ["a sandboxed page", { origin: "null" }, true],
])("a change asked for by %s: foreign is %j → %s", (_who, headers, foreign) => {
  expect(isForeignCall("POST", new Headers({ ...own, ...headers }), "https://chat.example.com")).toBe(
    foreign,
  );
});

test("reading is never foreign", () => {
  expect(isForeignCall("GET", new Headers({ ...own, origin: "https://evil.example" }), null)).toBe(false);
});

test("behind a trusted proxy the host that people use counts", () => {
  const headers = new Headers({
    ...own,
    "x-forwarded-host": "ai.example.com",
    origin: "https://ai.example.com",
  });
  expect(isForeignCall("DELETE", headers, null)).toBe(false);
});
