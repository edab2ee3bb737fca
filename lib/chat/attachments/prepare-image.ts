import type { Sharp } from "sharp";
import type { Pixels } from "./decode-heic.ts";
import { isBareImage } from "./is-bare-image.ts";
import { attachmentLimits } from "./limits.ts";
import { FileRefusal } from "./refusal.ts";

const writtenTypes = ["image/png", "image/jpeg", "image/webp"] as const;

export interface PreparedImage {
  bytes: Uint8Array<ArrayBuffer>;
  mediaType: (typeof writtenTypes)[number];
  width: number;
  height: number;
}

const decodeSeconds = 20;
const heavyPngBytes = 2 * 1_048_576;

/**
 * Decodes a picture and writes it anew: upright, no larger than the model profits from, the first frame only, and
 * without metadata (place, camera, profile). Drawings and screenshots stay lossless unless that takes too many bytes. What is
 * all that already, such as a picture that we have written, stays as it is: each writing would cost quality.
 * @throws FileRefusal `unreadable`
 */
export async function prepareImage(source: Uint8Array | Pixels): Promise<PreparedImage> {
  try {
    const ready = "data" in source ? null : await readyImage(source);
    if (ready) return ready;
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

const limits = { limitInputPixels: attachmentLimits.imagePixels, failOn: "error" } as const;
// Loaded when first needed: decoding brings a native library with it.
const loadSharp = async () => (await import("sharp")).default;

/** The picture as it came, when nothing of it has to change; null otherwise. */
async function readyImage(source: Uint8Array): Promise<PreparedImage | null> {
  const image = (await loadSharp())(source, limits).timeout({ seconds: decodeSeconds });
  const { format, width, height, space } = await image.metadata();
  const mediaType = writtenTypes.find((type) => type === `image/${format}`);
  const fits = Math.max(width, height) <= attachmentLimits.longEdgePx;
  const heavy = mediaType === "image/png" && source.length > heavyPngBytes;
  if (!mediaType || !fits || heavy || space !== "srgb" || !isBareImage(source, mediaType)) return null;
  // Decodes all of it.
  await image.stats();
  return { bytes: new Uint8Array(source), mediaType, width, height };
}

async function open(source: Uint8Array | Pixels): Promise<Sharp> {
  const sharp = await loadSharp();
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
