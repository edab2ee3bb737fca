import { fitWithin } from "#lib/chat/attachments/fit-within.ts";
import { attachmentLimits } from "#lib/chat/attachments/limits.ts";

const lightBytes = 3 * 1_048_576;
const jpegQuality = 0.92;
const shrunk = /^image\/(png|jpeg|webp|avif|heic|heif)$/;

/**
 * A picture reduced to what the model profits from, upright; anything else as it is. What this browser cannot decode
 * (HEIC in most) goes to the server whole, which does the same.
 */
export async function shrinkPicture(file: File): Promise<File> {
  if (!shrunk.test(file.type)) return file;
  const bitmap = await decode(file);
  if (!bitmap) return file;
  try {
    const size = fitWithin(bitmap, attachmentLimits.longEdgePx);
    if (size.width === bitmap.width && size.height === bitmap.height && file.size <= lightBytes) return file;
    const type = file.type === "image/png" ? "image/png" : "image/jpeg";
    const blob = await draw(bitmap, size, type);
    return blob && blob.size < file.size ? new File([blob], file.name, { type: blob.type }) : file;
  } finally {
    bitmap.close();
  }
}

async function decode(file: File): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** Halves as long as it can, because browsers look at four pixels only, however far they reduce. */
async function draw(
  bitmap: ImageBitmap,
  size: { width: number; height: number },
  type: string,
): Promise<Blob | null> {
  let source: CanvasImageSource = bitmap;
  let { width, height } = bitmap;
  for (;;) {
    const last = width / 2 < size.width;
    const next = last ? size : { width: Math.round(width / 2), height: Math.round(height / 2) };
    const canvas = Object.assign(document.createElement("canvas"), next);
    const context = canvas.getContext("2d");
    if (!context) return null;
    context.imageSmoothingQuality = "high";
    if (type === "image/jpeg") {
      context.fillStyle = "#fff";
      context.fillRect(0, 0, next.width, next.height);
    }
    context.drawImage(source, 0, 0, next.width, next.height);
    if (last) return new Promise((resolve) => canvas.toBlob(resolve, type, jpegQuality));
    [source, width, height] = [canvas, next.width, next.height];
  }
}
