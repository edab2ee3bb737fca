import type { ChatMessage } from "#lib/wire/chat-completions.ts";
import { messageImageUrls } from "./message-text.ts";

export interface Colour {
  name: string;
  /** `#rrggbb` */
  hex: string;
  /** Of the picture's area, 0 to 1. */
  share: number;
}

/** What could be learnt of an image. */
export type ImageFacts =
  | {
      kind: "decoded";
      format: string;
      width: number;
      height: number;
      sizeBytes: number;
      hasAlpha: boolean;
      /** The largest first, four at most. */
      colours: Colour[];
    }
  /** An address without bytes; the stand-in fetches nothing. */
  | { kind: "not-given"; url: string }
  | { kind: "unreadable" };

const maxInputPixels = 50_000_000;

/** Decodes every image of a conversation; the keys are the addresses in the request. */
export async function inspectImages(
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): Promise<Map<string, ImageFacts>> {
  const facts = new Map<string, ImageFacts>();
  for (const url of messages.flatMap(messageImageUrls)) {
    if (facts.has(url)) continue;
    facts.set(url, await inspectImage(url));
    signal.throwIfAborted();
  }
  return facts;
}

async function inspectImage(url: string): Promise<ImageFacts> {
  const bytes = readDataUri(url);
  if (bytes === null) return { kind: "not-given", url };
  // Loaded when first needed: decoding brings a native library with it.
  const { default: sharp } = await import("sharp");
  try {
    const image = sharp(bytes, { limitInputPixels: maxInputPixels });
    const { format, width, height, hasAlpha } = await image.metadata();
    const { data } = await image
      .resize(48, 48, { fit: "fill", kernel: "nearest" })
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const colours = dominantColours(data);
    return { kind: "decoded", format, width, height, sizeBytes: bytes.length, hasAlpha, colours };
  } catch {
    return { kind: "unreadable" };
  }
}

function readDataUri(url: string): Buffer | null {
  const match = /^data:[^,]*;base64,/i.exec(url);
  return match === null ? null : Buffer.from(url.slice(match[0].length), "base64");
}

const palette: readonly (readonly [name: string, red: number, green: number, blue: number])[] = [
  ["black", 0, 0, 0],
  ["dark grey", 70, 70, 70],
  ["grey", 128, 128, 128],
  ["light grey", 200, 200, 200],
  ["white", 255, 255, 255],
  ["red", 220, 30, 30],
  ["dark red", 120, 15, 15],
  ["orange", 245, 140, 20],
  ["brown", 120, 75, 35],
  ["beige", 225, 205, 165],
  ["yellow", 245, 220, 40],
  ["olive", 115, 120, 30],
  ["green", 40, 165, 60],
  ["dark green", 15, 80, 30],
  ["light green", 150, 225, 130],
  ["turquoise", 45, 190, 180],
  ["light blue", 140, 200, 245],
  ["blue", 40, 90, 220],
  ["dark blue", 15, 30, 110],
  ["purple", 125, 50, 180],
  ["pink", 245, 150, 190],
  ["magenta", 220, 30, 170],
];

/** Groups sRGB pixels by the nearest named colour; the hex value is the mean of the group. */
export function dominantColours(rgb: Uint8Array): Colour[] {
  const groups = new Map<string, { count: number; sum: [number, number, number] }>();
  const pixels = Math.floor(rgb.length / 3);
  for (let at = 0; at < pixels * 3; at += 3) {
    const pixel = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0] as const;
    const name = nearestName(pixel);
    const group = groups.get(name) ?? { count: 0, sum: [0, 0, 0] };
    group.count++;
    group.sum = [group.sum[0] + pixel[0], group.sum[1] + pixel[1], group.sum[2] + pixel[2]];
    groups.set(name, group);
  }
  return [...groups]
    .map(([name, { count, sum }]) => ({
      name,
      hex: `#${sum
        .map((value) =>
          Math.round(value / count)
            .toString(16)
            .padStart(2, "0"),
        )
        .join("")}`,
      share: count / pixels,
    }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 4);
}

function nearestName([red, green, blue]: readonly [number, number, number]): string {
  let best = "";
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [name, r, g, b] of palette) {
    const distance = (red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2;
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}
