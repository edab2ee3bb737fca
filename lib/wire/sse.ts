import { ApiError } from "./errors.ts";

const LF = 10;
const CR = 13;
const dataPrefix = Buffer.from("data: ");
const defaultMaxFrameBytes = 16 * 1024 * 1024;

/** One event of a stream: its exact bytes, boundary included, and its data (null when it has none, as a comment). */
export interface SseFrame {
  raw: Uint8Array;
  data: string | null;
}

export interface FrameSplitter {
  /** Frames completed by these bytes. Their `raw` may share memory with the input. */
  push(bytes: Uint8Array): SseFrame[];
  /** What came after the last boundary, or null. */
  end(): SseFrame | null;
}

/**
 * Splits a byte stream into server-sent events without changing a byte: the `raw` of all frames in order is the input,
 * and where the input was cut makes no difference. `push` throws `upstream_error` above `maxFrameBytes`.
 * Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function createFrameSplitter(maxFrameBytes = defaultMaxFrameBytes): FrameSplitter {
  const boundary = createBoundaryScanner();
  let held: Uint8Array[] = [];
  let heldBytes = 0;

  function take(last: Uint8Array): Uint8Array {
    const raw = held.length === 0 ? last : concat([...held, last], heldBytes + last.length);
    held = [];
    heldBytes = 0;
    return raw;
  }

  function refuseAbove(sizeBytes: number): void {
    if (sizeBytes > maxFrameBytes) {
      throw new ApiError("upstream_error", `The upstream sent an event of more than ${maxFrameBytes} bytes.`);
    }
  }

  return {
    push(bytes) {
      const frames: SseFrame[] = [];
      let start =
        heldBytes === 0 && boundary.isBetweenEvents() ? takePlainFrames(bytes, frames, maxFrameBytes) : 0;
      for (let at = boundary.next(bytes, start); at < bytes.length; at = boundary.next(bytes, at + 1)) {
        const end = boundary.at(bytes[at] ?? 0);
        if (end === "none") continue;
        const cut = end === "before" ? at : at + 1;
        refuseAbove(heldBytes + cut - start);
        frames.push(toFrame(take(bytes.subarray(start, cut))));
        start = cut;
      }
      if (start < bytes.length) {
        held.push(bytes.subarray(start));
        heldBytes += bytes.length - start;
        refuseAbove(heldBytes);
      }
      return frames;
    },
    end() {
      return heldBytes === 0 ? null : toFrame(take(new Uint8Array(0)));
    },
  };
}

/**
 * Nearly every event is one line `data: …` that ends in two line feeds and comes whole: those at the start of the bytes are found
 * without looking at each byte. Gives where the rest begins.
 */
function takePlainFrames(bytes: Uint8Array, frames: SseFrame[], maxFrameBytes: number): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const firstCr = view.indexOf(CR);
  const plainEnd = firstCr < 0 ? view.length : firstCr;
  let start = 0;
  while (start < plainEnd) {
    const lineEnd = view.indexOf(LF, start);
    const end = lineEnd + 2;
    if (lineEnd < 0 || end > plainEnd || view[lineEnd + 1] !== LF || end - start > maxFrameBytes) break;
    if (!startsWithData(view, start)) break;
    const data = view.toString("utf8", start + dataPrefix.length, lineEnd);
    frames.push({ raw: bytes.subarray(start, end), data });
    start = end;
  }
  return start;
}

function startsWithData(bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < dataPrefix.length; at++) if (bytes[start + at] !== dataPrefix[at]) return false;
  return true;
}

type Boundary = "none" | "before" | "after";

/**
 * Tells for each byte whether an event ends before or after it. A CR that ends a blank line is only known not to be half
 * of a CRLF once the next byte is seen, unless the line before ended in a bare CR too: then the event is given at once,
 * and a stray LF goes to the next one.
 */
function createBoundaryScanner() {
  let lineIsEmpty = true;
  let afterCr = false;
  let blankLineByCr = false;

  const at = (byte: number): Boundary => {
    if (byte === LF && afterCr) {
      afterCr = false;
      const ended = blankLineByCr;
      blankLineByCr = false;
      return ended ? "after" : "none";
    }
    const endedBefore = blankLineByCr;
    blankLineByCr = false;
    const lineEndedByBareCr = afterCr && !endedBefore;
    afterCr = byte === CR;
    const wasEmpty = lineIsEmpty;
    lineIsEmpty = byte === LF || byte === CR;
    if (endedBefore) {
      blankLineByCr = byte === CR;
      return "before";
    }
    if (!lineIsEmpty || !wasEmpty) return "none";
    if (byte === LF || lineEndedByBareCr) return "after";
    blankLineByCr = true;
    return "none";
  };

  /** The first byte from `from` on that has to be looked at: inside a line only its end does. */
  const next = (bytes: Uint8Array, from: number): number => {
    if (lineIsEmpty || afterCr || blankLineByCr) return from;
    const lf = bytes.indexOf(LF, from);
    const lineEnd = lf < 0 ? bytes.length : lf;
    const cr = bytes.subarray(from, lineEnd).indexOf(CR);
    return cr < 0 ? lineEnd : from + cr;
  };

  return { at, next, isBetweenEvents: () => lineIsEmpty && !afterCr && !blankLineByCr };
}

const decoder = new TextDecoder();

function toFrame(raw: Uint8Array): SseFrame {
  const text = decoder.decode(raw);
  if (text.startsWith("data: ") && text.indexOf("\n") === text.length - 2 && !text.includes("\r")) {
    return { raw, data: text.slice(6, -2) };
  }
  const data: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.startsWith("data:")) data.push(line.slice(line[5] === " " ? 6 : 5));
    else if (line === "data") data.push("");
  }
  return { raw, data: data.length === 0 ? null : data.join("\n") };
}

function concat(parts: Uint8Array[], sizeBytes: number): Uint8Array {
  const whole = new Uint8Array(sizeBytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export interface SseEvent {
  data: string;
  event?: string;
  id?: string;
}

/** One event as it stands on the wire. `event` and `id` are single lines; `data` may have several. */
export function formatEvent({ event, data, id }: SseEvent): string {
  const lines = data.split(/\r\n|\n|\r/).map((line) => `data: ${line}\n`);
  return `${event === undefined ? "" : `event: ${event}\n`}${id === undefined ? "" : `id: ${id}\n`}${lines.join("")}\n`;
}

/** A comment, which clients skip; keeps a silent connection open. */
export function sseComment(text: string): string {
  return `${text
    .split(/\r\n|\n|\r/)
    .map((line) => `: ${line}\n`)
    .join("")}\n`;
}
