const lineEnd = Buffer.from("\r\n");
const lastChunk = Buffer.from("0\r\n\r\n");

/**
 * A chunk of HTTP's chunked transfer coding. Of no bytes it would be the last one, so there must be some.
 * Source: RFC 9112, section 7.1
 */
export function toChunk(bytes: Uint8Array | string): Buffer {
  return frame(bytes, lineEnd);
}

/** What ends an answer: a chunk of these bytes, where there are any, and the last one. */
export function toLastChunks(bytes: Uint8Array | string): Buffer {
  return bytes.length === 0 ? lastChunk : frame(bytes, lineEndAndLast);
}

const lineEndAndLast = Buffer.concat([lineEnd, lastChunk]);

function frame(bytes: Uint8Array | string, tail: Buffer): Buffer {
  const sizeBytes = Buffer.byteLength(bytes);
  const head = `${sizeBytes.toString(16)}\r\n`;
  const chunk = Buffer.allocUnsafe(head.length + sizeBytes + tail.length);
  chunk.write(head, "latin1");
  if (typeof bytes === "string") chunk.write(bytes, head.length);
  else chunk.set(bytes, head.length);
  chunk.set(tail, head.length + sizeBytes);
  return chunk;
}
