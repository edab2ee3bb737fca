const nanoPerUsd = 1_000_000_000n;
const nanoDigits = 9;

/**
 * Nano-USD as dollars with as many digits as carry meaning: from one dollar up the cents ("$12.40"), below it two
 * significant digits and never fewer than the cents ("$0.0041"). Rounds half away from zero.
 * With `fractionDigits` (0 to 9) every figure of a column gets the same number of decimals.
 */
export function formatMoney(nanoUsd: bigint | string, fractionDigits?: number): string {
  const amount = BigInt(nanoUsd);
  const size = amount < 0n ? -amount : amount;
  const digits = fractionDigits ?? meaningfulDigits(size);
  return withSign(amount, toFixed(size, digits));
}

/** Nano-USD as dollars, not rounded: at least the cents, and every digit that is not a trailing zero. */
export function formatMoneyExact(nanoUsd: bigint | string): string {
  const amount = BigInt(nanoUsd);
  const all = toFixed(amount < 0n ? -amount : amount, nanoDigits);
  return withSign(amount, all.replace(/(\.\d\d\d*?)0+$/, "$1"));
}

function meaningfulDigits(size: bigint): number {
  if (size === 0n || size >= nanoPerUsd) return 2;
  const leadingZeros = nanoDigits - size.toString().length;
  return Math.min(nanoDigits, Math.max(2, leadingZeros + 2));
}

function toFixed(size: bigint, digits: number): string {
  const step = 10n ** BigInt(nanoDigits - digits);
  const rounded = (size + step / 2n) / step;
  const scale = 10n ** BigInt(digits);
  const whole = (rounded / scale).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return digits === 0 ? whole : `${whole}.${(rounded % scale).toString().padStart(digits, "0")}`;
}

function withSign(amount: bigint, digits: string): string {
  const vanished = !/[1-9]/.test(digits);
  return amount < 0n && !vanished ? `−$${digits}` : `$${digits}`;
}
