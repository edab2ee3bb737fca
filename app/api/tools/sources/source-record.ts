import type { ToolSource } from "#lib/chat/tools/sources/source.ts";
import { ApiError } from "#lib/wire/errors.ts";

/** A source as its owner is told of it: how it is reached, not what signs its calls. */
export function toSourceRecord(source: ToolSource | null) {
  if (!source) throw new ApiError("not_found", "You have no such source of tools.");
  const { tools, checkedAt, ...rest } = source;
  return {
    ...rest,
    checkedAt: checkedAt?.toISOString() ?? null,
    tools: tools.map(({ name, title, description }) => ({ name, title, description })),
  };
}
