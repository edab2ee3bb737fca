const shape = /^\$?\s*(\d{1,9})(?:\.(\d{1,9}))?$/;
const nanoDigits = 9;

/** An amount typed in dollars, such as `12.50`, in nano-USD; null when it is not one. A billion dollars or more is not one. */
export function parseDollars(text: string): bigint | null {
  const [, whole, fraction = ""] = shape.exec(text.trim()) ?? [];
  return whole === undefined ? null : BigInt(whole + fraction.padEnd(nanoDigits, "0"));
}
