/** A stretch of text; `hit` where it is what was searched for. */
export interface Segment {
  text: string;
  hit: boolean;
}

interface Range {
  start: number;
  end: number;
  term: number;
}

const lengthOfSnippet = 180;
const roomBefore = 50;
const wordLetter = /[\p{L}\p{N}\p{M}]/u;

/** The text with every place of the terms marked. */
export function markTerms(text: string, terms: readonly string[]): Segment[] {
  return toSegments(text, findTerms(text, terms), 0, text.length);
}

/**
 * Cuts a line out of a text, where most of the terms stand together, with their places marked. No character is cut in two. An ellipsis
 * stands where text is left out; `cutBefore` and `cutAfter` say that the text itself is a piece of a longer one.
 */
export function cutSnippet(
  text: string,
  terms: readonly string[],
  piece: { cutBefore: boolean; cutAfter: boolean } = { cutBefore: false, cutAfter: false },
): Segment[] {
  const ranges = findTerms(text, terms);
  const focus = densest(ranges);
  const wantedStart = Math.max(0, (focus?.start ?? 0) - roomBefore);
  const start = wantedStart === 0 ? 0 : toWordStart(text, wantedStart, focus?.start ?? 0);
  const wantedEnd = Math.max(start + lengthOfSnippet, focus?.end ?? 0);
  const end = wantedEnd >= text.length ? text.length : toBoundary(text, wantedEnd);
  const segments = toSegments(text, ranges, start, end).map(({ text: inner, hit }) => ({
    text: inner.replace(/\s+/gu, " "),
    hit,
  }));
  if (start > 0 || piece.cutBefore) segments.unshift({ text: "…", hit: false });
  if (end < text.length || piece.cutAfter) segments.push({ text: "…", hit: false });
  return segments;
}

/** Where the terms stand, in order, without overlaps. Terms of one or two letters count at the beginning of words only. */
function findTerms(text: string, terms: readonly string[]): Range[] {
  const { folded, places } = fold(text);
  const found: Range[] = [];
  for (const [term, raw] of terms.entries()) {
    const wanted = fold(raw).folded;
    if (wanted === "") continue;
    for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + wanted.length)) {
      const start = places[at] ?? 0;
      const end = places[at + wanted.length] ?? text.length;
      if (start < end && (!isShortWord(raw) || !wordLetter.test(characterBefore(text, start))))
        found.push({ start, end, term });
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Range[] = [];
  for (const range of found) if (range.start >= (apart.at(-1)?.end ?? 0)) apart.push(range);
  return apart;
}

const fewLetters = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]{1,2}$/u;

function isShortWord(term: string): boolean {
  return fewLetters.test(term);
}

function characterBefore(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - 2), at);
  return [...before].at(-1) ?? "";
}

/** The text in lower case, and for each of its code units where it stood in the text. */
function fold(text: string): { folded: string; places: number[] } {
  let folded = "";
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const lower = character.toLowerCase();
    for (let unit = 0; unit < lower.length; unit += 1) places.push(at);
    folded += lower;
    at += character.length;
  }
  places.push(at);
  return { folded, places };
}

/** The place from which a snippet has the most different terms. */
function densest(ranges: readonly Range[]): Range | null {
  let best: Range | null = null;
  let bestCount = 0;
  for (const [index, range] of ranges.entries()) {
    const terms = new Set<number>();
    for (const other of ranges.slice(index, index + 50)) {
      if (other.end > range.start + lengthOfSnippet - roomBefore) break;
      terms.add(other.term);
    }
    if (best === null || terms.size > bestCount) {
      best = range;
      bestCount = terms.size;
    }
  }
  return best;
}

/** The beginning of a word after `from` and before the find, or the nearest whole character. */
function toWordStart(text: string, from: number, find: number): number {
  const space = text.slice(from, find).search(/\s/u);
  if (space !== -1 && from + space + 1 <= find && space < roomBefore / 2) return from + space + 1;
  return toBoundary(text, from);
}

/** The nearest end of a character as readers know it, at or before `at`. */
function toBoundary(text: string, at: number): number {
  const from = Math.max(0, at - 64);
  const around = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(
    text.slice(from, at + 64),
  );
  const holding = around.containing(at - from);
  return from + (holding?.index ?? at - from);
}

function toSegments(text: string, ranges: readonly Range[], start: number, end: number): Segment[] {
  const segments: Segment[] = [];
  let at = start;
  const push = (upTo: number, hit: boolean) => {
    if (upTo > at) segments.push({ text: text.slice(at, upTo), hit });
    at = Math.max(at, upTo);
  };
  for (const range of ranges) {
    if (range.end <= start || range.start >= end) continue;
    push(Math.min(range.start, end), false);
    push(Math.min(range.end, end), true);
  }
  push(end, false);
  return segments;
}
