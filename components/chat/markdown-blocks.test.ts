import fc from "fast-check";
import { expect, test } from "vitest";
import { type Blocks, splitBlocks } from "./markdown-blocks.ts";
import { parseMarkdown } from "./parse-markdown.ts";

const blocksOf = (text: string) => splitBlocks(text, null).blocks;

test("paragraphs, lists, tables, code and formulas are blocks; what belongs together stays together", () => {
  expect(blocksOf("# A\n\none\ntwo\n\n- a\n\n- b\n\n  more\n\nthree\n")).toEqual([
    "# A\n\n",
    "one\ntwo\n\n",
    "- a\n\n- b\n\n  more\n\n",
    "three\n",
  ]);
  expect(blocksOf("```js\na\n\nb\n```\n\n$$\nx\n\ny\n$$\n\nend")).toEqual([
    "```js\na\n\nb\n```\n\n",
    "$$\nx\n\ny\n$$\n\n",
    "end",
  ]);
  expect(blocksOf("1. a\n   ```\n   x\n\n   y\n   ```\n\nend")).toHaveLength(2);
});

test("a definition concerns the whole text", () => {
  expect(blocksOf("see [x][1]\n\nand\n\n[1]: https://example.com\n\nend")).toHaveLength(1);
  expect(blocksOf("a[^1]\n\n[^1]: note\n\n    more")).toHaveLength(1);
  expect(blocksOf("```ts\n[key: string]: x\n\n```\n\nend")).toHaveLength(2);
});

const line = fc.constantFrom(
  ...[
    "",
    "",
    "",
    "text",
    "  text",
    "    text",
    "\ttext",
    "# title",
    "- item",
    "  - inner",
    "1. one",
    "2. two",
  ],
  ...[
    "10) ten",
    "> quote",
    "> - both",
    "```",
    "  ```",
    "    ```",
    "```js",
    "~~~",
    "- ```",
    "   ```",
    "````",
    "$$",
  ],
  ...[
    "  $$",
    "$$x$$",
    "a | b",
    "- | -",
    "***",
    "* * *",
    "---",
    "- a\tb",
    "-\titem",
    "[x]: y",
    "<div>",
    "</div>",
    "`",
  ],
);
const markdown = fc.array(line, { maxLength: 14 }).map((lines) => lines.join("\n"));

/** The elements of a text, without where they stand and how many empty lines end what is not closed. */
function drawn(text: string): string[] {
  const plain = (key: string, value: unknown) => {
    if (key === "position") return undefined;
    return typeof value === "string" ? value.replace(/\n+$/, "") : value;
  };
  const { children } = parseMarkdown(text);
  return children.filter((node) => node.type === "element").map((node) => JSON.stringify(node, plain));
}

test("blocks on their own mean what the whole text means", () => {
  fc.assert(
    fc.property(markdown, (text) => {
      const blocks = blocksOf(text);
      expect(blocks.join("")).toBe(text);
      expect(blocks.flatMap(drawn)).toEqual(drawn(text));
    }),
    { numRuns: 400 },
  );
});

test("however a text grows, it is cut as the whole of it is", () => {
  fc.assert(
    fc.property(markdown, fc.array(fc.nat(200), { maxLength: 6 }), (text, lengths) => {
      let blocks: Blocks | null = null;
      for (const length of lengths.sort((a, b) => a - b)) blocks = splitBlocks(text.slice(0, length), blocks);
      expect(splitBlocks(text, blocks).blocks).toEqual(blocksOf(text));
    }),
    { numRuns: 400 },
  );
});
