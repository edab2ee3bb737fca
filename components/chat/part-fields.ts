/** A part while it is put together; `parseParts` looks at the finished ones. */
export type PartFields = { type: string } & Record<string, unknown>;

/** The fields that say something: a part looks the same here as it comes from the server's JSON. */
export function present<Fields extends object>(fields: Fields): Fields {
  const copy = { ...fields };
  for (const [key, value] of Object.entries(copy)) {
    if (value === undefined) Reflect.deleteProperty(copy, key);
  }
  return copy;
}
