import { type DynamicToolUIPart, getToolName, type ToolUIPart } from "ai";

/** The key of the tool that was called: `sourceId/name` for one of a person's own, else its name. */
export function toolKeyOf(call: ToolUIPart | DynamicToolUIPart): string {
  const key = call.toolMetadata?.key;
  return typeof key === "string" ? key : getToolName(call);
}
