import libheif from "libheif-js/wasm-bundle.js";

/** Four bytes a pixel: red, green, blue, alpha. Turned upright already. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/** The first picture of a HEIC file, or why there is none. Takes long and much memory: for a thread of its own. */
export async function decodeHeic(bytes: Uint8Array, maxPixels: number): Promise<Pixels | string> {
  const [image] = new libheif.HeifDecoder().decode(bytes);
  if (!image) return "it holds no picture that can be decoded";
  const [width, height] = [image.get_width(), image.get_height()];
  if (width * height > maxPixels) return `it has ${width} × ${height} pixels`;
  const blank: Pixels = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  const filled = await new Promise<Pixels | null>((resolve) => image.display(blank, resolve));
  return filled ?? "it is damaged";
}
