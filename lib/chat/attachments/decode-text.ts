/** Control characters that no text holds; tab, line ends, form feed and escape may occur. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const neverInText = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

/** The text of a file in UTF-8, or in UTF-16 with its mark; null when it is none. */
export function decodeText(bytes: Uint8Array): string | null {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return neverInText.test(text) ? null : text;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
