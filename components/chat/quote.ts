/** A text as a Markdown quotation, with an empty line behind it to write on. */
export function asQuote(text: string): string {
  const lines = text
    .trim()
    .replace(/\n{3,}/g, "\n\n")
    .split("\n");
  return `${lines.map((line) => `> ${line}`.trimEnd()).join("\n")}\n\n`;
}

const blocks = "p, li, h1, h2, h3, h4, h5, h6, tr, pre, blockquote, figcaption";

/** The text of a selection as it was written: formulas as TeX, blocks on lines of their own, without buttons. */
export function selectedText(range: Range): string {
  const piece = range.cloneContents();
  for (const control of piece.querySelectorAll("button, figcaption, .sr-only")) control.remove();
  for (const formula of piece.querySelectorAll(".formula")) {
    const source = formula.querySelector("annotation")?.textContent ?? formula.textContent;
    formula.replaceWith(`$${source}$`);
  }
  for (const cell of piece.querySelectorAll("td, th")) cell.append(" ");
  for (const block of piece.querySelectorAll(blocks)) block.append("\n");
  return piece.textContent.replace(/[ \t]+\n/g, "\n").trim();
}
