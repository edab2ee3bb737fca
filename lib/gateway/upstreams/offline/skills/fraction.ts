/** A fraction; `denominator` is above zero and they share no divisor. */
export interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/** The operation has no result, or one beyond 4,096 bits. */
export class NotEvaluable extends Error {}

const maxBits = 4096;

function fraction(numerator: bigint, denominator: bigint): Fraction {
  if (denominator === 0n || bits(numerator) > maxBits || bits(denominator) > maxBits)
    throw new NotEvaluable();
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  const divisor = (a === 0n ? 1n : a) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function bits(value: bigint): number {
  return value.toString(16).length * 4;
}

export function readDecimal(text: string): Fraction {
  const [whole = "", decimals = ""] = text.split(".");
  return fraction(BigInt(`${whole}${decimals}`), 10n ** BigInt(decimals.length));
}

export const add = (a: Fraction, b: Fraction) =>
  fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
export const negate = (a: Fraction) => fraction(-a.numerator, a.denominator);
export const multiply = (a: Fraction, b: Fraction) =>
  fraction(a.numerator * b.numerator, a.denominator * b.denominator);
export const divide = (a: Fraction, b: Fraction) =>
  fraction(a.numerator * b.denominator, a.denominator * b.numerator);

export function modulo(a: Fraction, b: Fraction): Fraction {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  if (right === 0n) throw new NotEvaluable();
  return fraction(((left % right) + right) % right, a.denominator * b.denominator);
}

export function raise(base: Fraction, exponent: Fraction): Fraction {
  const power = exponent.numerator < 0n ? -exponent.numerator : exponent.numerator;
  const size = BigInt(Math.max(bits(base.numerator), bits(base.denominator)));
  if (exponent.denominator !== 1n || power * size > BigInt(maxBits) * 4n) throw new NotEvaluable();
  const raised = fraction(base.numerator ** power, base.denominator ** power);
  return exponent.numerator < 0n ? divide(fraction(1n, 1n), raised) : raised;
}

export function factorial({ numerator, denominator }: Fraction): Fraction {
  if (denominator !== 1n || numerator < 0n || numerator > 400n) throw new NotEvaluable();
  let result = 1n;
  for (let factor = 2n; factor <= numerator; factor++) result *= factor;
  return fraction(result, 1n);
}

/** Exact when the root is a fraction, else right in thirty decimals. */
export function squareRoot({ numerator, denominator }: Fraction): { value: Fraction; exact: boolean } {
  if (numerator < 0n) throw new NotEvaluable();
  // Thirty more decimals than are shown, so that the root is right in every digit that is.
  const scale = 10n ** 30n;
  const above = wholeRoot(numerator * denominator * scale * scale);
  const value = fraction(above, denominator * scale);
  const squared = multiply(value, value);
  return { value, exact: squared.numerator === numerator && squared.denominator === denominator };
}

function wholeRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt(Math.ceil(bits(value) / 2));
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** Digits in full when they end within 12 significant ones, else rounded to these. */
export function format({ numerator, denominator }: Fraction): { text: string; exact: boolean } {
  if (denominator === 1n) return { text: numerator.toString(), exact: true };
  const size = numerator < 0n ? -numerator : numerator;
  const decimals = decimalsToShow(size, denominator);
  const scale = 10n ** BigInt(decimals);
  const scaled = (size * scale * 2n + denominator) / (denominator * 2n);
  const digits = scaled.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const part = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return {
    text: `${numerator < 0n ? "-" : ""}${whole}${part === "" ? "" : `.${part}`}`,
    exact: scaled * denominator === size * scale,
  };
}

/** As many as give 12 significant digits; none above a trillion, forty at most. */
function decimalsToShow(size: bigint, denominator: bigint): number {
  const whole = size / denominator;
  if (whole > 0n) return Math.max(0, 12 - whole.toString().length);
  const zeros = (denominator / size).toString().length - 1;
  return Math.min(40, zeros + 12);
}
