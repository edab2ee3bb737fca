/** A fence of code at a line's start, a run of backticks, an escaped character, an opening delimiter of a formula. */
const marks = /(?:^|\n)[ \t>]*(`{3,}|~{3,})|`+|\\[\s\S]|\$+/g;

interface Piece {
  /** Where the piece ends, exclusive. */
  end: number;
  text: string;
}

/**
 * Markdown in which every formula stands between double dollars, the one spelling that the parser is given: `\( \)` and
 * `\[ \]` always are formulas, `$ $` only when what stands between cannot be money. Code is left alone.
 */
export function withDollarMath(markdown: string): string {
  if (!/\\[([]|\$/.test(markdown)) return markdown;
  let out = "";
  let at = 0;
  marks.lastIndex = 0;
  for (let match = marks.exec(markdown); match; match = marks.exec(markdown)) {
    const piece = pieceAt(markdown, match);
    if (piece) {
      out += markdown.slice(at, match.index) + piece.text;
      at = piece.end;
      marks.lastIndex = at;
    }
  }
  return out + markdown.slice(at);
}

function pieceAt(markdown: string, match: RegExpExecArray): Piece | null {
  const [mark, fence] = match;
  const start = match.index;
  const inside = start + mark.length;
  if (fence !== undefined) return asIs(markdown, start, endOfFence(markdown, inside, fence));
  if (mark.startsWith("`")) return asIs(markdown, start, endOfRun(markdown, inside, mark));
  if (mark === "\\(") return inline(markdown, inside, markdown.indexOf("\\)", inside), 2);
  if (mark === "\\[") return display(markdown, start, inside, markdown.indexOf("\\]", inside));
  if (mark === "$") return single(markdown, inside);
  if (mark.startsWith("$")) return asIs(markdown, start, endOfRun(markdown, inside, mark));
  return null;
}

function asIs(markdown: string, start: number, end: number): Piece {
  return { end, text: markdown.slice(start, end) };
}

function endOfFence(markdown: string, from: number, fence: string): number {
  const closing = new RegExp(`\\n[ \\t>]*${fence[0]}{${fence.length},}[ \\t]*(?=\\n|$)`, "g");
  closing.lastIndex = from;
  return closing.exec(markdown) ? closing.lastIndex : markdown.length;
}

/** Behind the next run of exactly this mark; without one, the run stands for itself. */
function endOfRun(markdown: string, from: number, run: string): number {
  const other = new RegExp(`\\${run[0]}+`, "g");
  other.lastIndex = from;
  for (let match = other.exec(markdown); match; match = other.exec(markdown)) {
    if (match[0].length === run.length) return other.lastIndex;
  }
  return from;
}

function inline(markdown: string, inside: number, close: number, closeLength: number): Piece | null {
  const formula = close < 0 ? "" : markdown.slice(inside, close);
  if (formula.trim() === "" || formula.includes("$$") || /\n\s*\n/.test(formula)) return null;
  return { end: close + closeLength, text: `$$${formula.trim().replace(/\s*\n\s*/g, " ")}$$` };
}

function display(markdown: string, start: number, inside: number, close: number): Piece | null {
  const indent = /(?:^|\n)([ \t]*)$/.exec(markdown.slice(0, start))?.[1];
  const ending = close < 0 ? null : /^[ \t]*(?=\n|$)/.exec(markdown.slice(close + 2));
  if (indent === undefined || !ending) return inline(markdown, inside, close, 2);
  const formula = markdown.slice(inside, close);
  if (formula.trim() === "" || formula.includes("$$")) return null;
  const lines = formula.split("\n").filter((line) => line.trim() !== "");
  const body = lines.map((line) => indent + line.trim()).join("\n");
  return { end: close + 2, text: `$$\n${body}\n${indent}$$` };
}

const hasMathSign = /[\\^_={}<>+*/|]/;
const startsLikeMoney = /^[\d.,]/;
const isOneSymbol = /^(?:[A-Za-z]'*|[A-Za-z]\([A-Za-z, ]+\)|-?[A-Za-z]{2})$/;

/** `$x^2$`: no space inside the dollars, no digit after them, and something that only a formula has. */
function single(markdown: string, inside: number): Piece | null {
  const match = /^(?=\S)((?:\\[^\n]|[^$\n\\`])+)(?<=\S)\$(?![\d$])/.exec(
    markdown.slice(inside, inside + 400),
  );
  const formula = match?.[1];
  if (!match || formula === undefined) return null;
  const certain = startsLikeMoney.test(formula) ? /[\\^_]/.test(formula) : hasMathSign.test(formula);
  if (!certain && !isOneSymbol.test(formula)) return null;
  return { end: inside + match[0].length, text: `$$${formula}$$` };
}
