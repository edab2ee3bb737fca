import { all, create, type MathJsInstance } from "mathjs";

/** What an expression comes to. `result` is how it is written; `exact` says that no digit of it was rounded away. */
export interface Calculation {
  result: string;
  exact: boolean;
  /** A rounded decimal, where `result` is a ratio. */
  decimal?: string;
}

type Answer = { ok: true; value: Calculation } | { ok: false; message: string };

const shownDigits = 32;
const keptDigits = 256;

/** What an expression may not name: it changes the calculator, or reads other text as an expression. */
const closed = new Set(
  "import createUnit deleteUnit config create evaluate parse compile parser chain simplify simplifyCore derivative rationalize resolve help typed reviver replacer".split(
    " ",
  ),
);

const withFractions = create(all ?? {}, { number: "Fraction" });
const withDecimals = create(all ?? {}, { number: "BigNumber", precision: keptDigits });

/** The value of an expression; of several, the last one's. */
function run(math: MathJsInstance, expression: string): unknown {
  const tree = math.parse(expression);
  tree.traverse((node) => {
    if (math.isSymbolNode(node) && closed.has(node.name)) {
      throw new Error(`${node.name} is not available.`);
    }
  });
  const value: unknown = tree.compile().evaluate({});
  return isResultSet(value) ? value.entries.at(-1) : value;
}

function isResultSet(value: unknown): value is { entries: unknown[] } {
  return (
    withDecimals.typeOf(value) === "ResultSet" &&
    typeof value === "object" &&
    value !== null &&
    "entries" in value &&
    Array.isArray(value.entries)
  );
}

/** Evaluates an expression with ratios, which are exact, and where those do not suffice with decimals of 256 digits. */
export function evaluate(expression: string): Answer {
  const ratio = tryRatio(expression);
  if (ratio) return { ok: true, value: ratio };
  try {
    const value = run(withDecimals, expression);
    return { ok: true, value: describeDecimal(value) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Null where ratios do not suffice, and where the expression is wrong: the second attempt says how. */
function tryRatio(expression: string): Calculation | null {
  try {
    const value = run(withFractions, expression);
    if (withFractions.isFraction(value)) return describeRatio(value.toFraction(), "");
    if (!withFractions.isUnit(value)) return null;
    const text = withFractions.format(value, { fraction: "ratio" });
    const [, ratio, unit] = /^(-?\d+\/\d+)( .*)$/.exec(text) ?? [];
    return ratio === undefined || unit === undefined ? null : describeRatio(ratio.replace(/\/1$/, ""), unit);
  } catch {
    return null;
  }
}

/** `ratio`: a whole number, or numerator and denominator. */
function describeRatio(ratio: string, unit: string): Calculation {
  const [numerator = "0", denominator = "1"] = ratio.split("/");
  if (denominator === "1") return { result: `${numerator}${unit}`, exact: true };
  const decimal = finiteDecimal(BigInt(numerator), BigInt(denominator));
  if (decimal !== null) return { result: `${decimal}${unit}`, exact: true };
  const rounded = withDecimals.format(
    withDecimals.divide(withDecimals.bignumber(numerator), withDecimals.bignumber(denominator)),
    { precision: shownDigits },
  );
  return { result: `${ratio}${unit}`, exact: true, decimal: `${rounded}${unit}` };
}

/** The decimal of a ratio that ends within 60 places; null for one that does not. */
function finiteDecimal(numerator: bigint, denominator: bigint): string | null {
  let places = 0;
  let scale = 1n;
  while (scale % denominator !== 0n) {
    if (places === 60) return null;
    places += 1;
    scale *= 10n;
  }
  const scaled = (numerator * (scale / denominator)).toString();
  const sign = scaled.startsWith("-") ? "-" : "";
  const digits = scaled.replace("-", "").padStart(places + 1, "0");
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function describeDecimal(value: unknown): Calculation {
  if (withDecimals.isBigNumber(value)) {
    const whole = value.isInteger() && value.precision(true) < keptDigits;
    return whole
      ? { result: value.toFixed(), exact: true }
      : { result: withDecimals.format(value, { precision: shownDigits }), exact: false };
  }
  if (typeof value === "function" || value === undefined) {
    throw new Error("The expression has no value.");
  }
  const exact = typeof value === "boolean" || typeof value === "string";
  return { result: withDecimals.format(value, { precision: shownDigits }), exact };
}
