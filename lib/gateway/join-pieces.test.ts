import fc from "fast-check";
import { expect, test } from "vitest";
import { joinPieces } from "./join-pieces.ts";

test("pieces joined are all their bytes in order, side by side in memory or not", () => {
  const cut = fc.record({ from: fc.nat(40), to: fc.nat(40) });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(cut, fc.constantFrom("", "é", "data: x\n\n")), { maxLength: 6 }),
      (parts) => {
        const memory = Uint8Array.from({ length: 40 }, (_, at) => at);
        const pieces = parts.map((part) =>
          typeof part === "string" ? part : memory.subarray(part.from, part.to),
        );
        const expected = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
        expect(Buffer.from(joinPieces(pieces)).equals(expected)).toBe(true);
      },
    ),
  );
});

test("neighbours are not copied", () => {
  const memory = Uint8Array.of(1, 2, 3, 4);
  const joined = joinPieces([memory.subarray(0, 1), memory.subarray(1, 3)]);
  expect(joined).toEqual(Uint8Array.of(1, 2, 3));
  expect(typeof joined === "string" ? null : joined.buffer).toBe(memory.buffer);
});
