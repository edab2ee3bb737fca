import { isToolUIPart } from "ai";
import type { MessageParts } from "./message.ts";

/** Whether a call of a tool waits for the person's approval. */
export function asksPerson(parts: MessageParts): boolean {
  return parts.some((part) => isToolUIPart(part) && part.state === "approval-requested");
}
