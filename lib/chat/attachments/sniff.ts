import { decodeText } from "./decode-text.ts";

export type AcceptedType =
  | "image/png"
  | "image/jpeg"
  | "image/gif"
  | "image/webp"
  | "image/avif"
  | "image/heic"
  | "application/pdf"
  | "text/plain";

const heicBrands = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]);
const avifBrands = new Set(["avif", "avis"]);

/** What a file is by its bytes, whatever it is called; null for what is not accepted. */
export function sniffType(bytes: Uint8Array): AcceptedType | null {
  const head = latin1(bytes, 0, 1_024);
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) return "image/gif";
  if (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP") return "image/webp";
  if (head.slice(4, 8) === "ftyp") return sniffHeif(bytes, head);
  // Readers look for it in the first kilobyte, and writers rely on that.
  if (head.includes("%PDF-")) return "application/pdf";
  return decodeText(bytes) === null ? null : "text/plain";
}

/** By the brands of an ISO base media file: AVIF often calls itself `mif1` first. */
function sniffHeif(bytes: Uint8Array, head: string): AcceptedType | null {
  const boxBytes = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  const brands = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= Math.min(boxBytes, head.length); at += 4) brands.push(head.slice(at, at + 4));
  if (brands.some((brand) => avifBrands.has(brand))) return "image/avif";
  return brands.some((brand) => heicBrands.has(brand)) ? "image/heic" : null;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Array.from(bytes.subarray(start, end), (byte) => String.fromCharCode(byte)).join("");
}
