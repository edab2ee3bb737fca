const maxGraphemes = 60;
const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** A chat's title at once from its first message: its first sentence or line without Markdown fences, 60 graphemes at most. */
export function titleFromText(text: string): string {
  const prose = text.replace(/```[^\n]*\n[\s\S]*?(```|$)/g, "\n").trim();
  const source = prose === "" ? text.replaceAll("```", " ") : prose;
  const line = source.split("\n").find((candidate) => candidate.trim() !== "") ?? "";
  const folded = fold(line.replace(/^\s*(#{1,6}|>|[-*])\s+/, ""));
  return shorten(firstSentence(folded)) || "New chat";
}

/** A title the model proposed, made fit to be shown; null when nothing usable is left. */
export function titleFromModel(text: string): string | null {
  const line = text.split("\n").find((candidate) => candidate.trim() !== "") ?? "";
  const bare = fold(line.replace(/^\s*(title\s*:|#{1,6}\s)/i, ""))
    .replace(/^["'“”‘’*`]+|["'“”‘’*`.]+$/g, "")
    .trim();
  return bare === "" ? null : shorten(bare);
}

function fold(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function firstSentence(text: string): string {
  return /^.{8,}?[.!?](?=\s)|^.{4,}?[。！？]/u.exec(text)?.[0] ?? text;
}

function shorten(text: string): string {
  const graphemes = Array.from(segmenter.segment(text), ({ segment }) => segment);
  if (graphemes.length <= maxGraphemes) return text;
  const cut = graphemes.slice(0, maxGraphemes - 1).join("");
  const lastSpace = cut.lastIndexOf(" ");
  return `${(lastSpace > cut.length / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`;
}
