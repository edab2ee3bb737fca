import type { Root } from "hast";
import { defaultSchema, type Schema, sanitize } from "hast-util-sanitize";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { mathFromMarkdown } from "mdast-util-math";
import { toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { math } from "micromark-extension-math";

const options: Parameters<typeof fromMarkdown>[1] = {
  // HTML in an answer is the text that it is.
  extensions: [
    gfm({ singleTilde: false }),
    math({ singleDollarTextMath: false }),
    { disable: { null: ["htmlFlow", "htmlText"] } },
  ],
  mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown()],
};

const schema: Schema = {
  ...defaultSchema,
  // Only notes have ids, which have a prefix already.
  clobberPrefix: "",
  // Pictures that come within the text itself; `MarkdownImage` looks at their kind.
  protocols: { ...defaultSchema.protocols, src: ["data", "http", "https"] },
};

/** What Markdown means, as elements that may be shown: no scripts, no addresses but safe ones. */
export function parseMarkdown(text: string): Root {
  const clean = sanitize(toHast(fromMarkdown(text, options)), schema);
  return clean.type === "root" ? clean : { type: "root", children: [] };
}

/** One of each kind of thing that answers are made of. */
const samples = [
  "A *word*, a **word** and `code`.",
  "## Title\n\n- one\n- [two](https://example.com)\n\n1. three",
  "```js\nx\n```\n\n> quote",
  "| a | b |\n| - | -: |\n| c | d |\n",
  "$$x$$ and ~~y~~\n\n---\n",
];

/** Parses a little of everything while nobody waits: a browser takes long to run a function for the first time. */
export async function practise(untilIdle: () => Promise<void>): Promise<void> {
  for (const sample of samples) {
    await untilIdle();
    parseMarkdown(sample);
  }
}
