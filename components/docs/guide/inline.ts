/** A run of text within a sentence. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong"; children: Inline[] }
  | { kind: "link"; text: string; href: string };

const pattern = /`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** Reads the inline Markdown that guides use: `code`, **strong** and [links](…). Everything else is text. */
export function parseInline(source: string): Inline[] {
  const runs: Inline[] = [];
  let end = 0;
  for (const match of source.matchAll(pattern)) {
    if (match.index > end) runs.push({ kind: "text", text: source.slice(end, match.index) });
    end = match.index + match[0].length;
    const [, code, strong, text, href] = match;
    if (code !== undefined) runs.push({ kind: "code", text: code });
    else if (strong !== undefined) runs.push({ kind: "strong", children: parseInline(strong) });
    else runs.push({ kind: "link", text: text ?? "", href: href ?? "" });
  }
  if (end < source.length) runs.push({ kind: "text", text: source.slice(end) });
  return runs;
}
