import {
  add,
  divide,
  type Fraction,
  factorial,
  format,
  modulo,
  multiply,
  NotEvaluable,
  negate,
  raise,
  readDecimal,
  squareRoot,
} from "./fraction.ts";

export interface Evaluation {
  /** Digits, in full when they end; else 12 significant ones. */
  text: string;
  exact: boolean;
  /** The operations in the order they were done, such as `17 × 23 = 391`. */
  steps: string[];
}

interface Reading {
  tokens: readonly string[];
  at: number;
  depth: number;
  exact: boolean;
  steps: string[];
}

const maxDepth = 60;

/**
 * Evaluates + - * / % ^ ! sqrt() and brackets over decimals with fractions, so nothing is rounded on the way.
 * Null when the text is not such an expression; a division by zero or a number beyond 4,096 bits is null too.
 */
export function evaluate(expression: string): Evaluation | null {
  const tokens = expression.match(/\d+(?:\.\d+)?|\.\d+|sqrt|[-+*/%^!()]|\S/g) ?? [];
  const reading: Reading = { tokens, at: 0, depth: 0, exact: true, steps: [] };
  try {
    const value = sum(reading);
    if (reading.at !== tokens.length) return null;
    const { text, exact } = format(value);
    return { text, exact: exact && reading.exact, steps: reading.steps };
  } catch (error) {
    if (error instanceof NotEvaluable) return null;
    throw error;
  }
}

const operations = {
  "+": { sign: "+", run: add },
  "-": { sign: "−", run: (a: Fraction, b: Fraction) => add(a, negate(b)) },
  "*": { sign: "×", run: multiply },
  "/": { sign: "÷", run: divide },
  "%": { sign: "mod", run: modulo },
};

type Operator = keyof typeof operations;

const isSum = (token: string | undefined): token is Operator => token === "+" || token === "-";
const isProduct = (token: string | undefined): token is Operator =>
  token === "*" || token === "/" || token === "%";

const sum = (reading: Reading) => leftToRight(reading, isSum, product);
const product = (reading: Reading) => leftToRight(reading, isProduct, signed);

function leftToRight(
  reading: Reading,
  isOperator: (token: string | undefined) => token is Operator,
  operandOf: (reading: Reading) => Fraction,
): Fraction {
  let left = operandOf(reading);
  for (let token = reading.tokens[reading.at]; isOperator(token); token = reading.tokens[reading.at]) {
    reading.at++;
    const right = operandOf(reading);
    const { sign, run } = operations[token];
    left = note(reading, `${shown(left)} ${sign} ${shown(right)}`, run(left, right));
  }
  return left;
}

function signed(reading: Reading): Fraction {
  if (reading.tokens[reading.at] !== "-") return power(reading);
  reading.at++;
  return negate(deeper(reading, signed));
}

function power(reading: Reading): Fraction {
  const base = withFactorial(reading);
  if (reading.tokens[reading.at] !== "^") return base;
  reading.at++;
  const exponent = deeper(reading, signed);
  return note(reading, `${shown(base)} ^ ${shown(exponent)}`, raise(base, exponent));
}

function withFactorial(reading: Reading): Fraction {
  const value = operand(reading);
  if (reading.tokens[reading.at] !== "!") return value;
  reading.at++;
  return note(reading, `${shown(value)}!`, factorial(value));
}

function operand(reading: Reading): Fraction {
  const token = reading.tokens[reading.at++];
  if (token === "sqrt") {
    const value = deeper(reading, operand);
    const root = squareRoot(value);
    reading.exact &&= root.exact;
    return note(reading, `√${shown(value)}`, root.value);
  }
  if (token === "(") {
    const inner = deeper(reading, sum);
    if (reading.tokens[reading.at++] !== ")") throw new NotEvaluable();
    return inner;
  }
  if (token === undefined || !/^[\d.]+$/.test(token)) throw new NotEvaluable();
  return readDecimal(token);
}

function deeper(reading: Reading, read: (reading: Reading) => Fraction): Fraction {
  if (++reading.depth > maxDepth) throw new NotEvaluable();
  const value = read(reading);
  reading.depth--;
  return value;
}

function note(reading: Reading, operation: string, result: Fraction): Fraction {
  reading.steps.push(`${operation} = ${shown(result)}`);
  return result;
}

function shown(value: Fraction): string {
  return format(value).text;
}
