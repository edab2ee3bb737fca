import { ApiError } from "#lib/wire/errors.ts";

const maxItems = 20_000;

/** Refuses a conversation of more items than any context holds, before time is spent on checking each. */
export function refuseManyItems(body: unknown, field: string): void {
  const items: unknown = typeof body === "object" && body !== null ? Reflect.get(body, field) : null;
  if (!Array.isArray(items) || items.length <= maxItems) return;
  throw new ApiError("invalid_request", `\`${field}\` must have at most ${maxItems} entries.`, {
    param: field,
  });
}
