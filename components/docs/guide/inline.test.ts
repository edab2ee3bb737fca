import { expect, test } from "vitest";
import { parseInline } from "./inline.ts";

test.each([
  ["plain", [{ kind: "text", text: "plain" }]],
  ["`a`", [{ kind: "code", text: "a" }]],
  [
    "read [the guide](#x), now",
    [
      { kind: "text", text: "read " },
      { kind: "link", text: "the guide", href: "#x" },
      { kind: "text", text: ", now" },
    ],
  ],
  [
    "**AI `SDK`:** text",
    [
      {
        kind: "strong",
        children: [
          { kind: "text", text: "AI " },
          { kind: "code", text: "SDK" },
          { kind: "text", text: ":" },
        ],
      },
      { kind: "text", text: " text" },
    ],
  ],
  ["2 * 3 ** 4", [{ kind: "text", text: "2 * 3 ** 4" }]],
  ['`{"a": [1](b)}`', [{ kind: "code", text: '{"a": [1](b)}' }]],
])("%s", (source, runs) => {
  expect(parseInline(source)).toEqual(runs);
});
