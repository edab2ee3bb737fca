/** A JSON Schema. `true` counts as an empty one. */
export type Schema = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asSchema(value: unknown): Schema {
  return isRecord(value) ? value : {};
}

/** A whole schema document, and how many parts of it may still be looked at: `$ref` can make a small one endless. */
export interface SchemaDocument {
  root: Schema;
  partsLeft: number;
}

export function openDocument(value: unknown): SchemaDocument {
  return { root: asSchema(value), partsLeft: 2000 };
}

/** The schema itself with `$ref` into the same document followed and `allOf` merged. */
export function resolve(schema: Schema, document: SchemaDocument): Schema {
  if (--document.partsLeft < 0) return {};
  if (typeof schema.$ref === "string") {
    const { $ref: pointer, ...beside } = schema;
    return resolve({ ...asSchema(lookUp(document.root, String(pointer))), ...beside }, document);
  }
  if (!Array.isArray(schema.allOf)) return schema;
  const { allOf, ...own } = schema;
  return allOf.map((part) => resolve(asSchema(part), document)).reduce<Schema>(merge, own);
}

function merge(one: Schema, other: Schema): Schema {
  const properties = { ...asSchema(one.properties), ...asSchema(other.properties) };
  const required = [...new Set([...stringsOf(one.required), ...stringsOf(other.required)])];
  return {
    ...one,
    ...other,
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
  };
}

export function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The type to make a value of: the one named, the first that is not null of several, or one that keywords imply. */
export function typeOf(schema: Schema): string {
  if (typeof schema.type === "string") return schema.type;
  const types = stringsOf(schema.type);
  if (types.length > 0) return types.find((type) => type !== "null") ?? "null";
  if ("properties" in schema || "required" in schema) return "object";
  if ("items" in schema || "prefixItems" in schema || "minItems" in schema) return "array";
  if (
    ["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"].some((key) => key in schema)
  ) {
    return "number";
  }
  return "string";
}

function lookUp(root: Schema, pointer: string): unknown {
  if (!pointer.startsWith("#")) return {};
  const keys = decodeURIComponent(pointer.slice(1)).split("/").slice(1);
  return keys.reduce<unknown>((node, key) => {
    const name = key.replace(/~1/g, "/").replace(/~0/g, "~");
    return typeof node === "object" && node !== null ? Reflect.get(node, name) : undefined;
  }, root);
}
