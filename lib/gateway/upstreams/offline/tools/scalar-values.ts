import { numberOf, type Schema } from "./schema.ts";

/** Whether a value of a schema without parts keeps to it. */
export function fitsScalar(value: unknown, schema: Schema, type: string): boolean {
  if ("const" in schema && value !== schema.const) return false;
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return false;
  switch (type) {
    case "string":
      return typeof value === "string" && fitsString(value, schema);
    case "integer":
    case "number":
      return (
        typeof value === "number" &&
        (type === "number" || Number.isInteger(value)) &&
        fitsNumber(value, schema)
      );
    case "boolean":
      return typeof value === "boolean";
    default:
      return false;
  }
}

/** A short text that keeps to the schema, made without hints. */
export function minimalString(schema: Schema, nowMs: number): string {
  const day = new Date(nowMs).toISOString();
  const candidates = [
    formats(day)[String(schema.format)],
    ...(typeof schema.pattern === "string" ? [sampleOf(schema.pattern), ...patternCandidates] : []),
    "unknown",
  ];
  const fitting = candidates.find((text) => text !== undefined && fitsString(text, schema));
  if (fitting !== undefined) return fitting;
  const least = numberOf(schema.minLength) ?? 0;
  const most = numberOf(schema.maxLength) ?? Number.POSITIVE_INFINITY;
  return "unknown".padEnd(Math.min(least, 10_000), "x").slice(0, Math.max(0, most));
}

/** The number nearest to zero that keeps to the schema. */
export function minimalNumber(schema: Schema, type: string): number {
  const step = numberOf(schema.multipleOf) ?? (type === "integer" ? 1 : 0);
  const { low, high } = bounds(schema);
  if (step > 0) {
    const lowest = Math.ceil(low / step);
    const highest = Math.floor(high / step);
    const wanted = Math.max(lowest, Math.min(highest, 0));
    return (
      [wanted, wanted + 1, wanted - 1]
        .map((count) => count * step)
        .find((value) => fitsNumber(value, schema)) ?? wanted * step
    );
  }
  const middle = (Math.max(low, -1e9) + Math.min(high, 1e9)) / 2;
  return [0, low, high, middle, low + 1, high - 1].find((value) => fitsNumber(value, schema)) ?? 0;
}

function bounds(schema: Schema): { low: number; high: number } {
  return {
    low: Math.max(numberOf(schema.minimum) ?? -Infinity, numberOf(schema.exclusiveMinimum) ?? -Infinity),
    high: Math.min(numberOf(schema.maximum) ?? Infinity, numberOf(schema.exclusiveMaximum) ?? Infinity),
  };
}

function fitsNumber(value: number, schema: Schema): boolean {
  const above = numberOf(schema.exclusiveMinimum);
  const below = numberOf(schema.exclusiveMaximum);
  const step = numberOf(schema.multipleOf);
  const { low, high } = bounds(schema);
  if (!Number.isFinite(value) || value < low || value > high) return false;
  if ((above !== undefined && value <= above) || (below !== undefined && value >= below)) return false;
  return step === undefined || step <= 0 || Number.isInteger(value / step);
}

// Backtracking patterns take exponential time in the text's length, so none is run on a long one.
const maxPatternText = 20;
const maxPatternLength = 200;

function fitsString(text: string, schema: Schema): boolean {
  const length = [...text].length;
  if (length < (numberOf(schema.minLength) ?? 0) || length > (numberOf(schema.maxLength) ?? Infinity))
    return false;
  const format = String(schema.format);
  const shape = formatShapes[format];
  if (shape !== undefined && !shape.test(text)) return false;
  if (typeof schema.pattern !== "string") return true;
  const pattern = compile(schema.pattern);
  return pattern === null || (text.length <= maxPatternText && pattern.test(text));
}

function compile(pattern: string): RegExp | null {
  if (pattern.length > maxPatternLength) return null;
  try {
    return new RegExp(pattern, "u");
  } catch {
    return null;
  }
}

const formatShapes: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  "date-time": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/,
  time: /^\d{2}:\d{2}:\d{2}/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  ipv4: /^\d{1,3}(\.\d{1,3}){3}$/,
};

function formats(day: string): Readonly<Record<string, string>> {
  return {
    date: day.slice(0, 10),
    "date-time": day,
    time: `${day.slice(11, 19)}Z`,
    email: "user@example.com",
    uri: "https://example.com/",
    uuid: "00000000-0000-4000-8000-000000000000",
    ipv4: "127.0.0.1",
    hostname: "example.com",
  };
}

const patternCandidates = [
  "a",
  "A",
  "0",
  "aa",
  "AA",
  "AAA",
  "abc",
  "123",
  "1234",
  "12345",
  "2026-01-01",
  "a-b",
  "#000000",
  "A1",
  "a1",
];

/** A text for a pattern of plain characters, classes and counts, such as `^[A-Z]{2}-\d{4}$`; a guess for any other. */
function sampleOf(pattern: string): string {
  const parts = pattern
    .slice(0, maxPatternLength)
    .replace(/^\^|\$$/g, "")
    .matchAll(/(\\.|\[[^\]]*\]|[^\\[\](){}*+?|])(?:\{(\d+)(?:,\d*)?\}|([*+?]))?/g);
  let text = "";
  for (const [, unit = "", count, sign] of parts) {
    text += characterOf(unit).repeat(
      Math.min(Number(count ?? (sign === "*" || sign === "?" ? 0 : 1)), maxPatternText),
    );
  }
  return text;
}

function characterOf(unit: string): string {
  if (unit === "\\d") return "1";
  if (unit === "\\w" || unit === ".") return "a";
  if (unit === "\\s") return " ";
  if (unit.startsWith("\\")) return unit.slice(1);
  if (!unit.startsWith("[")) return unit;
  return "aA1-_ .#".split("").find((character) => compile(unit)?.test(character)) ?? "a";
}
