import { ApiError } from "#lib/wire/errors.ts";

/** An entry of `input` that names an item of an earlier answer instead of repeating it. */
export interface ItemReference {
  /** Its place in `input`. */
  index: number;
  id: string;
}

/** The items that these references name, by id; those that are not kept are absent. */
export type FindItems = (references: readonly ItemReference[]) => Promise<ReadonlyMap<string, unknown>>;

/**
 * A Responses body with the items in place of its references to them; the same body where it has none.
 * @throws ApiError `invalid_request` naming the first reference to an item that is not kept.
 */
export async function fillReferences(body: unknown, find: FindItems): Promise<unknown> {
  const references = listReferences(body);
  if (references.length === 0) return body;
  const items = await find(references);
  const missing = references.find(({ id }) => !items.has(id));
  if (missing) throw notKept(missing);
  const named = new Map(references.map(({ index, id }) => [index, items.get(id)]));
  return Object.assign({}, body, { input: inputOf(body).map((entry, index) => named.get(index) ?? entry) });
}

function listReferences(body: unknown): ItemReference[] {
  return inputOf(body).flatMap((entry, index) => {
    const [type, id] = [fieldOf(entry, "type"), fieldOf(entry, "id")];
    // OpenAI lets a reference leave its type out; a message may too, and has a role.
    const isReference = type === "item_reference" || (type == null && fieldOf(entry, "role") === undefined);
    return isReference && typeof id === "string" ? [{ index, id }] : [];
  });
}

function inputOf(body: unknown): unknown[] {
  const input = fieldOf(body, "input");
  return Array.isArray(input) ? input : [];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

const shownIdLength = 100;

function notKept({ index, id }: ItemReference): ApiError {
  const shown = id.slice(0, shownIdLength);
  return new ApiError(
    "invalid_request",
    `\`input[${index}]\` refers to the item \`${shown}\`, which is not kept here: it is unknown, too old, or of an answer with \`store: false\`. Send the item itself.`,
    { param: `input[${index}].id` },
  );
}
