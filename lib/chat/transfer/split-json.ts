import type { FileProblem } from "./import-report.ts";

/** An expected failure of a whole file. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly problem: FileProblem;

  constructor(problem: FileProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}

/** One JSON document; null when it was longer than allowed. */
export type JsonDocument = { text: string } | { text: null };

const code = {
  quote: 0x22,
  backslash: 0x5c,
  comma: 0x2c,
  openArray: 0x5b,
  closeArray: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
};

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The bytes of one document, forgotten once they are too many. */
class Piece {
  readonly #maxBytes: number;
  #chunks: Uint8Array[] = [];
  #sizeBytes = 0;
  #tooLarge = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(bytes: Uint8Array): void {
    this.#sizeBytes += bytes.length;
    this.#tooLarge ||= this.#sizeBytes > this.#maxBytes;
    if (this.#tooLarge) this.#chunks = [];
    else this.#chunks.push(bytes);
  }

  take(): JsonDocument {
    const text = this.#tooLarge ? null : Buffer.concat(this.#chunks).toString("utf8");
    [this.#chunks, this.#sizeBytes, this.#tooLarge] = [[], 0, false];
    return { text };
  }
}

/** What a byte is to the document being read. */
type Mark = "nothing" | "starts" | "ended" | "ends";

/** Follows nesting and strings. `ended`: the document ended before this byte; `ends`: with it. */
class Scanner {
  state: "before" | "within" | "after" = "before";
  #itemDepth = 0;
  #depth = 0;
  #begun = false;
  #inString = false;
  #escaped = false;

  next(byte: number): Mark {
    if (this.#inString) this.#readString(byte);
    else if (this.state === "within") return this.#readWithin(byte);
    else if (!isSpace(byte)) return this.#begin(byte);
    return "nothing";
  }

  #readString(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === code.backslash) this.#escaped = true;
    else if (byte === code.quote) this.#inString = false;
  }

  #begin(byte: number): Mark {
    if (this.state === "after" || (byte !== code.openArray && byte !== code.openObject)) {
      throw new UnreadableFile("not_json");
    }
    this.state = "within";
    this.#depth = 1;
    this.#itemDepth = byte === code.openArray ? 1 : 0;
    this.#begun = this.#itemDepth === 0;
    return this.#begun ? "starts" : "nothing";
  }

  #readWithin(byte: number): Mark {
    const opens = byte === code.openArray || byte === code.openObject;
    const closes = byte === code.closeArray || byte === code.closeObject;
    const between = this.#depth === this.#itemDepth && (byte === code.comma || closes);
    let mark: Mark = "nothing";
    if (between && this.#begun) mark = "ended";
    else if (!between && !this.#begun && !isSpace(byte)) mark = "starts";
    if (mark !== "nothing") this.#begun = mark === "starts";
    this.#inString = byte === code.quote;
    if (opens) this.#depth += 1;
    if (closes) this.#depth -= 1;
    if (this.#depth > 0) return mark;
    this.state = "after";
    return this.#begun ? "ends" : mark;
  }
}

/**
 * Cuts a JSON file into its documents without holding more than one of them: the elements of an array at the top, or the one object.
 * Only nesting and strings are looked at; whether a document is JSON shows when it is parsed.
 * @throws UnreadableFile `not_json` when it begins otherwise, `truncated` when it ends too early
 */
export async function* splitJson(
  chunks: AsyncIterable<Uint8Array>,
  options: { maxBytes: number },
): AsyncGenerator<JsonDocument> {
  const piece = new Piece(options.maxBytes);
  const scanner = new Scanner();
  let open = false;
  for await (const given of chunks) {
    const chunk = scanner.state === "before" && startsWithMark(given) ? given.subarray(3) : given;
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const mark = scanner.next(chunk[at] ?? 0);
      if (mark === "nothing") continue;
      open = mark === "starts";
      if (open) {
        from = at;
      } else {
        piece.add(chunk.subarray(from, mark === "ends" ? at + 1 : at));
        yield piece.take();
      }
    }
    if (open) piece.add(chunk.subarray(from));
  }
  if (scanner.state === "before") throw new UnreadableFile("not_json");
  if (scanner.state === "within") throw new UnreadableFile("truncated");
}

function startsWithMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
