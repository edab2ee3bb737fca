import type { Block, Column, Guide } from "./blocks.ts";

/** A guide as GitHub-flavoured Markdown. */
export function toMarkdown({ title, summary, sections }: Guide): string {
  const parts = [`# ${title}`, summary];
  for (const section of sections) parts.push(`## ${section.title}`, ...section.blocks.map(blockToMarkdown));
  return `${parts.join("\n\n")}\n`;
}

function blockToMarkdown(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return block.text;
    case "note":
      return `> ${block.text}`;
    case "list":
      return block.items
        .map((item, index) => `${block.ordered === true ? `${index + 1}.` : "-"} ${item}`)
        .join("\n");
    case "table":
      return tableToMarkdown(block.columns, block.rows);
    case "code":
      return block.snippets
        .map(({ language, code }) => `\`\`\`${language === "text" ? "" : language}\n${code}\n\`\`\``)
        .join("\n\n");
  }
}

function tableToMarkdown(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(" | ")} |`;
  const rule = `| ${columns.map(({ numeric }) => (numeric === true ? "---:" : "---")).join(" | ")} |`;
  return [line(columns.map(({ title }) => title)), rule, ...rows.map(line)].join("\n");
}

function escapeCell(text: string): string {
  return text.replace(/\|/g, "\\|");
}
