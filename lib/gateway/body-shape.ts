import { ApiError } from "#lib/wire/errors.ts";

const maxDepth = 256;
/** More than any context holds. */
const maxEntries = 20_000;
const maxShownName = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * Refuses JSON that nobody sends in earnest, by its bytes, before memory is spent on parsing it: deep nesting, which would overflow
 * the stack of whatever walks the value later, and a field of the body with more than 20,000 entries.
 * @throws ApiError `invalid_request` naming the field.
 */
export function refuseUnreasonableShape(bytes: Buffer): void {
  let depth = 0;
  let entries = 1;
  let name: [start: number, end: number] | null = null;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      const end = endOfString(bytes, at);
      // The last text before a field's value is its name.
      if (depth === 1) [name, entries] = [[at, end], 1];
      at = end;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (++depth > maxDepth)
        throw refusal(fieldAt(bytes, name), `is nested more than ${maxDepth} levels deep`);
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
    else if (byte === COMMA && depth === 2 && ++entries > maxEntries) {
      throw refusal(fieldAt(bytes, name), `must have at most ${maxEntries} entries`);
    }
  }
}

function endOfString(bytes: Buffer, start: number): number {
  for (let from = start + 1; ; ) {
    const end = bytes.indexOf(QUOTE, from);
    if (end === -1) return bytes.length;
    let backslashes = 0;
    while (bytes[end - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
    from = end + 1;
  }
}

function fieldAt(bytes: Buffer, place: [start: number, end: number] | null): string | null {
  if (!place) return null;
  const name = bytes.toString("utf8", place[0] + 1, place[1]);
  return /^[\w.-]+$/.test(name) && name.length <= maxShownName ? name : null;
}

function refusal(field: string | null, what: string): ApiError {
  const subject = field === null ? "The request body" : `\`${field}\``;
  return new ApiError("invalid_request", `${subject} ${what}.`, { param: field });
}
