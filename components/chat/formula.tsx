"use client";

import katex from "katex";
import "katex/dist/katex.min.css";

const drawn = new Map<string, string | null>();
const keptFormulas = 500;

function draw(source: string, display: boolean): string | null {
  const key = `${display} ${source}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  let html: string | null;
  try {
    html = katex.renderToString(source, {
      displayMode: display,
      trust: false,
      strict: "ignore",
      maxExpand: 200,
    });
  } catch {
    // Not TeX, or not yet: it is shown as it was written.
    html = null;
  }
  if (drawn.size >= keptFormulas) drawn.clear();
  drawn.set(key, html);
  return html;
}

export interface FormulaProps {
  /** TeX without delimiters. */
  source: string;
  display: boolean;
}

/** A formula drawn by KaTeX, or its source when that is not TeX. Loaded with the first formula only. */
export function Formula({ source, display }: FormulaProps) {
  const html = draw(source, display);
  if (html === null) return <code dir="ltr">{source}</code>;
  const look = display ? "formula formula-display" : "formula";
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes what it is given, and `trust` is off.
  return <span className={look} dir="ltr" dangerouslySetInnerHTML={{ __html: html }} />;
}
