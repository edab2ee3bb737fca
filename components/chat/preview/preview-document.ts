export type PreviewKind = "html" | "svg";

/** What a block of code can be previewed as; null for all that is no page and no picture. */
export function previewKindOf(language: string, code: string): PreviewKind | null {
  const name = language.toLowerCase();
  if (name === "svg" || (name === "xml" && /<svg[\s>]/i.test(code))) return "svg";
  return name === "html" || name === "htm" || name === "xhtml" ? "html" : null;
}

const aroundSvg =
  "<!doctype html><style>html,body{height:100%;margin:0}body{display:grid;place-items:center}svg{max-width:100%;max-height:100vh}</style>";

/** The page that shows a block of code. */
export function previewDocument(kind: PreviewKind, code: string): string {
  if (kind === "svg") return aroundSvg + code.replace(/^\s*<\?xml[^>]*\?>/, "");
  return /^\s*<!doctype/i.test(code) ? code : `<!doctype html>${code}`;
}
