import { decodeGenerator, encode, countTokens as encodeAndCount } from "gpt-tokenizer/encoding/o200k_base";

/** Text that leaves a model at once: one token, or the several that make one character. */
export interface TokenPiece {
  text: string;
  tokens: number;
}

// Byte-pair merging is quadratic in the length of an unbroken run: 200,000 letters without a space take half a minute of
// the only thread there is. Ordinary text never reaches this length, so its count is the exact one.
const maxRunLength = 512;

const asPlainText = { disallowedSpecial: new Set<string>() };

/**
 * Counts tokens with OpenAI's public o200k vocabulary, a close stand-in for Kimi's own.
 * Linear in the text's length whatever it holds. Stops early, with what was counted, once above `stopAbove`.
 */
export function countTokens(text: string, stopAbove = Number.POSITIVE_INFINITY): number {
  let count = 0;
  for (const run of splitLongRuns(text)) {
    count += encodeAndCount(run, asPlainText);
    if (count > stopAbove) break;
  }
  return count;
}

/** The tokens of a text in order. Their texts joined are the text, their counts add up to `countTokens(text)`. */
export function splitIntoTokens(text: string): TokenPiece[] {
  const pieces: TokenPiece[] = [];
  for (const run of splitLongRuns(text)) {
    const tokens = encode(run, asPlainText);
    let taken = 0;
    let given = 0;
    function* counted() {
      for (const token of tokens) {
        taken++;
        yield token;
      }
    }
    for (const piece of decodeGenerator(counted())) {
      pieces.push({ text: piece, tokens: taken - given });
      given = taken;
    }
  }
  return pieces;
}

// A cut every 64 Ki characters as well, so that counting can stop early.
const maxSliceLength = 65_536;

function* splitLongRuns(text: string): Generator<string> {
  const wellFormed = text.toWellFormed();
  let start = 0;
  let runStart = 0;
  let inSpace = false;
  for (let at = 0; at < wellFormed.length; at++) {
    const unit = wellFormed.charCodeAt(at);
    const isSpace = unit <= 32;
    if (isSpace !== inSpace) {
      inSpace = isSpace;
      runStart = at;
      if (isSpace && at - start >= maxSliceLength) {
        yield wellFormed.slice(start, at);
        start = at;
      }
    }
    const isLowSurrogate = unit >= 0xdc00 && unit <= 0xdfff;
    if (at - runStart >= maxRunLength && !isLowSurrogate) {
      yield wellFormed.slice(start, at);
      start = at;
      runStart = at;
    }
  }
  if (start < wellFormed.length) yield wellFormed.slice(start);
}
