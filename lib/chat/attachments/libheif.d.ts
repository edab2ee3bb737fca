// The package types its C functions, not the decoder it builds on them.
declare module "libheif-js/wasm-bundle.js" {
  interface HeifImage {
    get_width(): number;
    get_height(): number;
    /** Fills what it is given, four bytes a pixel, and gives it back; null when it cannot decode. */
    display<Target extends object>(target: Target, done: (filled: Target | null) => void): void;
  }
  const libheif: { HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] } };
  // biome-ignore lint/style/noDefaultExport: the package has no other.
  export default libheif;
}
