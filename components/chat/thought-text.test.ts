import fc from "fast-check";
import { expect, test } from "vitest";
import { piecesOf } from "./thought-text.tsx";

const line = fc.string({ maxLength: 900 }).map((text) => text.replaceAll("\n", " "));
const trace = fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) => lines.join("\n"));

test("a growing trace keeps every piece but the last, and loses nothing", () => {
  fc.assert(
    fc.property(trace, fc.string({ maxLength: 50 }), (text, more) => {
      const before = piecesOf(text);
      const after = piecesOf(text + more);
      expect(before.join("\n")).toBe(text);
      expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    }),
  );
});
