import { type Hints, holdsPlace, listFor, textsFor } from "./hints.ts";
import { fitsScalar, minimalNumber, minimalString } from "./scalar-values.ts";
import {
  asSchema,
  isRecord,
  numberOf,
  openDocument,
  resolve,
  type Schema,
  type SchemaDocument,
  stringsOf,
  typeOf,
} from "./schema.ts";

interface Making {
  document: SchemaDocument;
  hints: Hints;
  /** Which of several places named in the prompt this value is about. */
  place: number;
  /** Numbers of the prompt not used yet. */
  numbers: number[];
  depth: number;
}

const maxDepth = 12;
const maxItems = 1000;

/** A value that keeps to a JSON Schema: filled from the prompt where it can be, else default or least. */
export function makeValue(schema: unknown, hints: Hints, place = 0): unknown {
  const making = { document: openDocument(schema), hints, place, numbers: [...hints.numbers], depth: 0 };
  return make(asSchema(schema), "", making);
}

function make(given: Schema, name: string, making: Making): unknown {
  const schema = chooseBranch(resolve(given, making.document), making);
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return chooseOf(schema.enum, making.hints);
  if (making.depth > maxDepth || making.document.partsLeft < 0) return null;
  const type = typeOf(schema);
  const deeper = { ...making, depth: making.depth + 1 };
  switch (type) {
    case "object":
      return makeObject(schema, deeper);
    case "array":
      return makeArray(schema, name, deeper);
    case "null":
      return null;
    case "boolean":
      return (
        hintedBoolean(name, making.hints) ?? (typeof schema.default === "boolean" ? schema.default : false)
      );
    default:
      return makeScalar(schema, type, name, making);
  }
}

function chooseBranch(schema: Schema, making: Making): Schema {
  const branches = Array.isArray(schema.anyOf) ? schema.anyOf : schema.oneOf;
  if (!Array.isArray(branches) || branches.length === 0) return schema;
  const { anyOf: _, oneOf: __, ...own } = schema;
  const resolved = branches.map((branch) => resolve(asSchema(branch), making.document));
  const branch = resolved.find((candidate) => typeOf(candidate) !== "null") ?? resolved[0] ?? {};
  return chooseBranch({ ...own, ...branch }, making);
}

function chooseOf(values: readonly unknown[], { words, text }: Hints): unknown {
  const said = values.find((value) => {
    const word = String(value).toLowerCase();
    return (
      words.includes(word) || (word.length > 3 && text.toLowerCase().includes(word.replace(/[_-]/g, " ")))
    );
  });
  return said ?? values.find((value) => value !== null) ?? null;
}

function makeObject(schema: Schema, making: Making): Record<string, unknown> {
  const properties = asSchema(schema.properties);
  const required = stringsOf(schema.required);
  const least = numberOf(schema.minProperties) ?? 0;
  const entries: [string, unknown][] = [];
  for (const [name, part] of Object.entries(properties)) {
    const value = asSchema(part);
    const wanted = required.includes(name) || entries.length + required.length < least;
    if (wanted || isHinted(value, name, making)) entries.push([name, make(value, name, making)]);
  }
  for (const name of required) {
    if (!Object.hasOwn(properties, name))
      entries.push([name, make(asSchema(schema.additionalProperties), name, making)]);
  }
  const result = Object.fromEntries(entries);
  for (let extra = 1; Object.keys(result).length < Math.min(least, maxItems); extra++) {
    result[`key${extra}`] = make(asSchema(schema.additionalProperties), "", making);
  }
  return result;
}

/** Whether the prompt itself says what an optional argument should be. */
function isHinted(given: Schema, name: string, making: Making): boolean {
  const schema = chooseBranch(resolve(given, making.document), making);
  if (Array.isArray(schema.enum)) {
    return schema.enum.some((value) => making.hints.words.includes(String(value).toLowerCase()));
  }
  const said = name
    .toLowerCase()
    .split(/[_-]/)
    .some((word) => word.length > 2 && making.hints.words.includes(word));
  const type = typeOf(schema);
  if (type === "integer" || type === "number") return said && making.numbers.length > 0;
  if (type === "boolean") return hintedBoolean(name, making.hints) !== null;
  return type === "string" && holdsPlace(name) && making.hints.places.length > 0;
}

function hintedBoolean(name: string, { words }: Hints): boolean | null {
  const said = words.indexOf(name.toLowerCase());
  if (said < 0) return null;
  return !words
    .slice(Math.max(0, said - 2), said + 2)
    .some((word) => ["no", "not", "without", "false", "off"].includes(word));
}

function makeArray(schema: Schema, name: string, making: Making): unknown[] {
  const fixed = Array.isArray(schema.prefixItems)
    ? schema.prefixItems
    : Array.isArray(schema.items)
      ? schema.items
      : [];
  const least = Math.min(numberOf(schema.minItems) ?? 0, maxItems);
  const most = numberOf(schema.maxItems) ?? Number.POSITIVE_INFINITY;
  const items = fixed.slice(0, Math.max(least, 0)).map((part) => make(asSchema(part), name, making));
  const itemSchema = isRecord(schema.items) ? schema.items : {};
  if (fixed.length === 0)
    items.push(...hintedItems(itemSchema, name, making).slice(0, Math.min(most, maxItems)));
  while (items.length < least)
    items.push(distinct(make(itemSchema, name, making), items, itemSchema, schema, making));
  return items;
}

function hintedItems(given: Schema, name: string, making: Making): unknown[] {
  const schema = chooseBranch(resolve(given, making.document), making);
  const type = typeOf(schema);
  const { hints } = making;
  if (type === "number" || type === "integer") {
    return [...new Set(making.numbers.splice(0))].filter((value) => fitsScalar(value, schema, type));
  }
  if (type !== "string") return [];
  return [...new Set(listFor(name, hints).map((text) => text.trim()))].filter(
    (text) => text !== "" && fitsScalar(text, schema, type),
  );
}

/** `uniqueItems` asks for values that differ: counted up, or told apart by a number at the end. */
function distinct(
  value: unknown,
  items: readonly unknown[],
  given: Schema,
  array: Schema,
  making: Making,
): unknown {
  if (array.uniqueItems !== true) return value;
  const isNew = (candidate: unknown) => {
    const text = JSON.stringify(candidate);
    return !items.some((item) => JSON.stringify(item) === text);
  };
  if (isNew(value)) return value;
  const schema = chooseBranch(resolve(given, making.document), making);
  if (Array.isArray(schema.enum)) return schema.enum.find(isNew) ?? value;
  if (typeof value === "boolean") return !value;
  for (let count = 1; count <= items.length + 1; count++) {
    const step = numberOf(schema.multipleOf) ?? 1;
    const candidates =
      typeof value === "number" ? [value + count * step, value - count * step] : [`${value}${count}`];
    const found = candidates.find(
      (candidate) => isNew(candidate) && fitsScalar(candidate, schema, typeOf(schema)),
    );
    if (found !== undefined) return found;
  }
  return value;
}

function makeScalar(schema: Schema, type: string, name: string, making: Making): unknown {
  if (type === "integer" || type === "number") {
    const at = making.numbers.findIndex((value) => fitsScalar(value, schema, type));
    if (at >= 0) return making.numbers.splice(at, 1)[0];
    return fitsScalar(schema.default, schema, type) ? schema.default : minimalNumber(schema, type);
  }
  const { hints } = making;
  const named = textsFor(name, hints, making.place).find((text) => fitsScalar(text, schema, type));
  if (named !== undefined) return named;
  if (fitsScalar(schema.default, schema, type)) return schema.default;
  const whole = hints.text.slice(0, 500);
  const suitsWhole =
    schema.pattern === undefined && schema.format === undefined && name !== "" && !/^id$|_id$|Id$/.test(name);
  if (suitsWhole && whole !== "" && fitsScalar(whole, schema, type)) return whole;
  return minimalString(schema, hints.nowMs);
}
