import type { Sharp } from "sharp";
import type { Pixels } from "./decode-heic.ts";
import { attachmentLimits } from "./limits.ts";
import { FileRefusal } from "./refusal.ts";

export interface PreparedImage {
  bytes: Uint8Array<ArrayBuffer>;
  mediaType: "image/png" | "image/jpeg" | "image/webp";
  width: number;
  height: number;
}

const decodeSeconds = 20;
const heavyPngBytes = 2 * 1_048_576;

/**
 * Decodes a picture and writes it anew: upright, no larger than the model profits from, the first frame only, and
 * without metadata (place, camera, profile). Drawings and screenshots stay lossless unless that takes too many bytes.
 * @throws FileRefusal `unreadable`
 */
export async function prepareImage(source: Uint8Array | Pixels): Promise<PreparedImage> {
  try {
    const upright = (await open(source)).resize({
      width: attachmentLimits.longEdgePx,
      height: attachmentLimits.longEdgePx,
      fit: "inside",
      withoutEnlargement: true,
    });
    return await write(upright, source);
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    throw new FileRefusal("unreadable", `This picture cannot be read: ${reasonOf(error)}.`, { cause: error });
  }
}

async function open(source: Uint8Array | Pixels): Promise<Sharp> {
  // Loaded when first needed: decoding brings a native library with it.
  const { default: sharp } = await import("sharp");
  const limits = { limitInputPixels: attachmentLimits.imagePixels, failOn: "error" } as const;
  const image =
    "data" in source
      ? sharp(source.data, { ...limits, raw: { width: source.width, height: source.height, channels: 4 } })
      : sharp(source, { ...limits, pages: 1 }).autoOrient();
  return image.toColourspace("srgb").timeout({ seconds: decodeSeconds });
}

async function write(image: Sharp, source: Uint8Array | Pixels): Promise<PreparedImage> {
  const [{ isOpaque }, { format }] = await Promise.all([image.clone().stats(), image.clone().metadata()]);
  const lossless = "data" in source ? false : format === "png" || format === "gif";
  if (lossless) {
    const png = await finish(image.clone().png(), "image/png");
    if (png.bytes.length <= heavyPngBytes) return png;
  }
  if (!isOpaque) return finish(image.webp({ quality: 90 }), "image/webp");
  // Full colour resolution keeps coloured text sharp.
  return finish(image.jpeg({ quality: 90, chromaSubsampling: "4:4:4" }), "image/jpeg");
}

async function finish(image: Sharp, mediaType: PreparedImage["mediaType"]): Promise<PreparedImage> {
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { bytes: new Uint8Array(data), mediaType, width: info.width, height: info.height };
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/pixel limit/i.test(message)) return "it has more than 50 million pixels";
  return /timeout/i.test(message) ? "decoding it takes too long" : "it is damaged or of an unknown kind";
}
