/** An answer's Markdown as it is read aloud: without marks, code as a word, links by their names. */
export function spokenText(markdown: string, codeWord: string): string {
  return markdown
    .replace(/^(```|~~~)[^\n]*\n[\s\S]*?(^\1[^\n]*$|(?![\s\S]))/gm, `${codeWord}.\n`)
    .replace(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, "$1")
    .replace(/^\s*\|?[\s:|-]*-{3}[\s:|-]*\|?\s*$/gm, "")
    .replace(/^\s{0,3}(#{1,6}|>|[-*+]|\d+[.)])\s+/gm, "")
    .replace(/[*_~`]{1,3}(\S(?:[^\n]*?\S)?)[*_~`]{1,3}/g, "$1")
    .replace(/\|/g, ", ")
    .replace(/\n{2,}/g, "\n")
    .trim();
}

const chinese = /[\u3400-\u9fff]/g;

/** The language to read a text in: Chinese when a fifth of it is; else null, which leaves it to the voice of the page. */
export function spokenLanguage(text: string): "zh-CN" | null {
  const count = text.match(chinese)?.length ?? 0;
  return count > text.length / 5 ? "zh-CN" : null;
}

/** Cut at the ends of sentences: browsers fall silent in the middle of long texts. */
export function utterancesOf(text: string, mostChars = 200): string[] {
  const sentences = text.match(/[^.!?。！？\n]+[.!?。！？]*\s*/g) ?? [];
  const pieces: string[] = [];
  for (const sentence of sentences) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + sentence.length <= mostChars)
      pieces[pieces.length - 1] = last + sentence;
    else pieces.push(sentence);
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== "");
}
