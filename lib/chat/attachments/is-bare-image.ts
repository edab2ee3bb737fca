const jpegSegments = new Set([0xdb, 0xc0, 0xc2, 0xc4, 0xdd]);
const pngChunks = new Set(["IHDR", "PLTE", "tRNS", "pHYs", "IDAT", "IEND"]);
const webpChunks = new Set(["VP8 ", "VP8L", "VP8X", "ALPH"]);
/** Of the flags of an extended WebP: that it has transparency. */
const webpAlphaFlag = 0x10;
const jfifBytes = 16;

/**
 * Whether a picture holds nothing but what is needed to draw it: no metadata, profile or thumbnail, nothing behind its end. Such are
 * the pictures that we write. Whether it can be drawn is another question.
 */
export function isBareImage(bytes: Uint8Array, mediaType: string): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (mediaType === "image/jpeg") return isBareJpeg(view);
  if (mediaType === "image/png") return isBarePng(view);
  return mediaType === "image/webp" && isBareWebp(view);
}

function isBareJpeg(view: DataView): boolean {
  let at = 2;
  while (at + 4 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const sizeBytes = view.getUint16(at + 2);
    if (marker === 0xe0 ? sizeBytes !== jfifBytes : marker !== 0xda && !jpegSegments.has(marker))
      return false;
    at += 2 + sizeBytes;
    if (marker !== 0xda) continue;
    at = endOfScan(view, at);
    if (at + 2 === view.byteLength && view.getUint16(at) === 0xffd9) return true;
  }
  return false;
}

/** Where the next marker stands: within a scan 0xff is followed by zero, or by the number of a restart. */
function endOfScan(view: DataView, from: number): number {
  for (let at = from; at + 1 < view.byteLength; at += 1) {
    if (view.getUint8(at) !== 0xff) continue;
    const next = view.getUint8(at + 1);
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return view.byteLength;
}

function isBarePng(view: DataView): boolean {
  let at = 8;
  while (at + 12 <= view.byteLength) {
    const name = nameAt(view, at + 4);
    if (!pngChunks.has(name)) return false;
    at += 12 + view.getUint32(at);
    if (name === "IEND") return at === view.byteLength;
  }
  return false;
}

function isBareWebp(view: DataView): boolean {
  if (view.byteLength < 20 || view.getUint32(4, true) + 8 !== view.byteLength) return false;
  let at = 12;
  while (at + 8 <= view.byteLength) {
    const name = nameAt(view, at);
    if (!webpChunks.has(name)) return false;
    const sizeBytes = view.getUint32(at + 4, true);
    if (at + 8 + sizeBytes > view.byteLength) return false;
    if (name === "VP8X" && (sizeBytes === 0 || (view.getUint8(at + 8) & ~webpAlphaFlag) !== 0)) return false;
    at += 8 + sizeBytes + (sizeBytes % 2);
  }
  return at === view.byteLength;
}

function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
}
