/** Markdown cut into pieces that mean the same on their own, so that a growing answer is parsed anew only at its end. */
export interface Blocks {
  text: string;
  blocks: readonly string[];
  /** A definition concerns the whole text, or where a list ends is not certain: there is one block. */
  whole: boolean;
}

const definition = /^[\s>*+\-\d.)]*\[[^\]]+\]:/;
const thematicBreak = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const listMarker = /^( *)([-*+]|(\d{1,9})[.)])( +|$)/;
const fenceMark = /^ {0,3}(`{3,}|~{3,}|\${2,})(.*)$/;

/**
 * The blocks of `text`. A block ends at an empty line before a line that stands at the margin and goes on with nothing; where that is
 * not certain the text is not cut. Of a text that `before` began only the two last are looked at again: a line that had just begun may
 * go on with the list above it.
 */
export function splitBlocks(text: string, before: Blocks | null): Blocks {
  const grows = before !== null && text.startsWith(before.text);
  if (grows && before.whole) return { ...before, text, blocks: [text] };
  const kept = grows ? before.blocks.slice(0, -2) : [];
  const start = kept.reduce((sum, block) => sum + block.length, 0);
  const scan = new BlockScan();
  const blocks = [...kept];
  let from = start;
  const isEmpty = (to: number) => text.slice(from, to).trim() === "";
  for (let at = start; at < text.length; ) {
    const lineEnd = text.indexOf("\n", at);
    const next = lineEnd < 0 ? text.length : lineEnd + 1;
    if (scan.startsBlock(text.slice(at, next).trimEnd()) && !isEmpty(at)) {
      blocks.push(text.slice(from, at));
      from = at;
    }
    if (scan.uncertain) return { text, blocks: [text], whole: true };
    at = next;
  }
  if (from < text.length) blocks.push(text.slice(from));
  return { text, blocks, whole: false };
}

/** Reads lines from a block's beginning on and tells where the next begins. */
class BlockScan {
  /** The text cannot be cut. */
  uncertain = false;
  /** What closes the fence that is open at the margin. */
  #fence: RegExp | null = null;
  /** Where the text of the list's newest item stands; what stands there belongs to the item. */
  #itemIndent: number | null = null;
  /** The list may have ended, or not have begun: a paragraph may go on over its lines. */
  #listIsUnsure = false;
  #afterBlank = true;
  /** Code by its indent may be above: what follows it is read in another way than at a text's beginning. */
  #afterIndented = false;

  startsBlock(raw: string): boolean {
    const line = raw.includes("\t") ? withoutTabs(raw) : raw;
    if (this.#fence) {
      if (this.#fence.test(line)) this.#fence = null;
      this.#afterBlank = false;
      return false;
    }
    if (line === "") {
      this.#afterBlank = true;
      return false;
    }
    const indent = line.length - line.trimStart().length;
    const marker = thematicBreak.test(line) ? null : listMarker.exec(line);
    const inItem = this.#itemIndent !== null && indent >= this.#itemIndent;
    if (!inItem && definition.test(line)) this.uncertain = true;
    const goesOn = marker !== null && this.#itemIndent !== null;
    const starts = this.#afterBlank && indent === 0 && !goesOn && !this.#afterIndented;
    this.#afterIndented = !inItem && indent > 3;
    if (!inItem) this.#read(line, indent, marker);
    this.#readFence(line, indent, inItem);
    this.#afterBlank = false;
    return starts;
  }

  #read(line: string, indent: number, marker: RegExpExecArray | null): void {
    if (marker && indent <= 3) {
      const [whole, , mark = "", number, gap = ""] = marker;
      const interrupts = line !== whole && (number === undefined || number === "1");
      this.#listIsUnsure = this.#itemIndent === null && !this.#afterBlank && !interrupts;
      this.#itemIndent = indent + mark.length + (gap.length > 4 ? 1 : Math.max(1, gap.length));
    } else if (this.#afterBlank) {
      this.#itemIndent = null;
      this.#listIsUnsure = false;
    } else if (this.#itemIndent !== null) this.#listIsUnsure = true;
  }

  /** Fences inside an item end with it. */
  #readFence(line: string, indent: number, inItem: boolean): void {
    const [, mark, info = ""] = fenceMark.exec(line) ?? [];
    if (mark === undefined || (mark[0] !== "~" && info.includes(mark[0] ?? ""))) return;
    if (this.#listIsUnsure && indent > 0) this.uncertain = true;
    if (inItem) return;
    this.#fence = new RegExp(`^ {0,3}\\${mark[0]}{${mark.length},} *$`);
    this.#itemIndent = null;
    this.#listIsUnsure = false;
  }
}

function withoutTabs(line: string): string {
  let out = "";
  for (const letter of line) out += letter === "\t" ? " ".repeat(4 - (out.length % 4)) : letter;
  return out;
}
