/** Pieces as one. Those that stand side by side in the same memory, as events of one read do, are not copied. */
export function joinPieces(pieces: readonly (Uint8Array | string)[]): Uint8Array | string {
  const [first, ...more] = pieces;
  if (first === undefined) return "";
  if (more.length === 0) return first;
  return asOneView(pieces) ?? Buffer.concat(pieces.map(toBytes));
}

function toBytes(piece: Uint8Array | string): Uint8Array {
  return typeof piece === "string" ? Buffer.from(piece) : piece;
}

function asOneView(pieces: readonly (Uint8Array | string)[]): Uint8Array | null {
  const [first] = pieces;
  if (first === undefined || typeof first === "string") return null;
  let end = first.byteOffset;
  for (const piece of pieces) {
    if (typeof piece === "string" || piece.buffer !== first.buffer || piece.byteOffset !== end) return null;
    end += piece.byteLength;
  }
  return new Uint8Array(first.buffer, first.byteOffset, end - first.byteOffset);
}
